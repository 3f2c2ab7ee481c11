package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.thalweg.objective.compiled.internal.kernel.Lstm;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** LSTM layers. In DL4J they ignore masks unless the layer around them says otherwise. */
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
        boolean masks = scope.wrapping().masksSteps() && sequence.mask() != null;
        if (!masks && layer instanceof LSTM && usual(layer)) {
            return scope.step(
                            new Lstm(scope.wrapping().backwards()),
                            List.of(sequence),
                            Map.of(
                                    Lstm.INPUT, scope.parameter("W"),
                                    Lstm.RECURRENT, scope.parameter("RW"),
                                    Lstm.BIAS, scope.parameter("b")),
                            sequence.size(0),
                            layer.getNOut())
                    .withMask(sequence.mask());
        }
        LstmCell cell = LstmCell.of(scope, layer, layer instanceof GravesLSTM);
        // One product per step: a slice of a product over all steps would be a strided view, which costs more than the
        // product.
        return new Recurrence(scope, scope.wrapping().backwards(), masks)
                .unroll((x, state) -> cell.step(LstmCell.projected(scope, x, layer.getNOut(), ""), state), sequence);
    }

    private static boolean usual(AbstractLSTM layer) {
        return layer.getActivationFn() instanceof ActivationTanH
                && layer.getGateActivationFn() instanceof ActivationSigmoid;
    }
}
