package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.thalweg.objective.compiled.internal.kernel.Scaling;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Relus whose slopes below zero are parameters (K. He et al., "Delving deep into rectifiers", 2015), one for each element or
 * shared along some axes: max(0, x) + alpha min(0, x).
 */
public final class ParametricReluRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(PReLULayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Value value = scope.dropped(scope.inNetworkOrder(input));
        scope.packAsValue("W", value.stepsAsExamples() ? 1 : value.rank());
        ElementwiseKernel relu = new ElementwiseKernel(ElementwiseFunction.of(UnaryFunction.RELU));
        Value positive = scope.elementwise(relu, value);
        Value negative = scope.combine(List.of(value, positive), 1, -1);
        Value scaled = scope.step(
                new Scaling(), List.of(negative), AffineKernel.operands(scope.parameter("W"), null), value.shape());
        return scope.combine(List.of(positive, scaled), 1, 1);
    }
}
