package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** LSTM layers. DL4J's ignore masks unless the layer around them says otherwise. */
@SuppressWarnings("deprecation") // users of DL4J still have GravesLSTM
public final class LstmRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(LSTM.class, GravesLSTM.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        AbstractLSTM layer = scope.as(AbstractLSTM.class);
        Value sequence = scope.dropped(scope.sized(scope.sequences(input), layer.getNIn()));
        LstmCell cell = LstmCell.of(scope, layer, layer instanceof GravesLSTM);
        // A product a step: a slice of one over all steps would be a strided view, which costs more than the product.
        return new Recurrence(
                        scope, scope.wrapping().backwards(), scope.wrapping().masksSteps())
                .unroll((x, state) -> cell.step(LstmCell.projected(scope, x, layer.getNOut(), ""), state), sequence);
    }
}
