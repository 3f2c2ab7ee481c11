package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** h' = a(x W + b + A R), where A is the attention of the state h over the whole sequence. */
public final class RecurrentAttentionRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(RecurrentAttentionLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        RecurrentAttentionLayer layer = scope.as(RecurrentAttentionLayer.class);
        long size = layer.getNOut();
        Value sequence = Steps.channelsFirst(scope, scope.sized(scope.sequences(input), layer.getNIn()));
        Attention attention =
                new Attention(scope, layer.getNHeads(), layer.getHeadSize(), size, layer.isProjectInput()).packed();
        Attention.Memory memory = attention.memory(sequence, sequence, Steps.mask(scope, input));
        Value projected =
                scope.affine(sequence, scope.parameter("W"), layer.isHasBias() ? scope.parameter("b") : null, size);
        return new Recurrence(scope, scope.wrapping().backwards(), false)
                .unroll(
                        (x, state) -> {
                            Value sum = x;
                            if (!state.isEmpty()) {
                                Value query = scope.reshape(state.get(0), 1, size);
                                Value attended = attention.of(query, memory);
                                Value flat = scope.reshape(attended, attended.channels());
                                Value recurrent = scope.affine(flat, scope.parameter("RW"), null, size);
                                sum = scope.combine(List.of(x, recurrent), 1, 1);
                            }
                            return List.of(
                                    scope.activated(sum, layer.getActivation().getActivationFunction()));
                        },
                        projected);
    }
}
