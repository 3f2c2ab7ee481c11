package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** h' = a(x W + h RW + b), with layer normalization of both products if the layer has it. */
public final class SimpleRnnRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(SimpleRnn.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        SimpleRnn layer = scope.as(SimpleRnn.class);
        long size = layer.getNOut();
        Value sequence = scope.dropped(scope.sized(scope.sequences(input), layer.getNIn()));
        Value projected = layer.hasLayerNorm()
                ? LayerNorm.normalized(
                        scope,
                        scope.affine(sequence, scope.parameter("W"), null, size),
                        new Operand.Slice(scope.key("g"), 0, 0, size),
                        scope.parameter("b"))
                : scope.affine(sequence, scope.parameter("W"), scope.parameter("b"), size);
        Value outputs = new Recurrence(scope, scope.wrapping().backwards(), true)
                .unroll((x, state) -> List.of(step(scope, layer, x, state)), projected);
        // DL4J masks the outputs once more than the state, which matters if a mask is neither 0 nor 1.
        return scope.masked(outputs);
    }

    private static Value step(LayerScope scope, SimpleRnn layer, Value x, List<Value> state) {
        if (state.isEmpty()) {
            return scope.activated(x, layer.getActivationFn());
        }
        long size = layer.getNOut();
        Value product = scope.affine(state.get(0), scope.parameter("RW"), null, size);
        Value recurrent = layer.hasLayerNorm()
                ? LayerNorm.normalized(scope, product, new Operand.Slice(scope.key("g"), 0, size, 2 * size), null)
                : product;
        return scope.activated(scope.combine(List.of(x, recurrent), 1, 1), layer.getActivationFn());
    }
}
