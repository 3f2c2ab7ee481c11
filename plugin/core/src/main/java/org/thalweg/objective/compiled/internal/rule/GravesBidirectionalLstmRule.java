package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** The sum of two LSTM layers with peepholes, one in each direction. */
@SuppressWarnings("deprecation") // users of DL4J still have it
public final class GravesBidirectionalLstmRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(GravesBidirectionalLSTM.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        GravesBidirectionalLSTM layer = scope.as(GravesBidirectionalLSTM.class);
        Value sequence = scope.sized(scope.sequences(input), layer.getNIn());
        Value forwards = direction(scope, layer, sequence, "F", scope.wrapping().backwards());
        Value backwards =
                direction(scope, layer, sequence, "B", !scope.wrapping().backwards());
        return scope.combine(List.of(forwards, backwards), 1, 1);
    }

    private static Value direction(
            LayerScope scope, GravesBidirectionalLSTM layer, Value sequence, String suffix, boolean backwards) {
        Value projected = LstmCell.projected(scope, sequence, layer.getNOut(), suffix);
        LstmCell cell = LstmCell.of(scope, layer, layer.getGateActivationFn(), true, suffix);
        return new Recurrence(scope, backwards, true).unroll(cell, projected);
    }
}
