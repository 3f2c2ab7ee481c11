package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Vertices that multiply by a number or add one. */
public final class AffineVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(ScaleVertex.class, ShiftVertex.class);
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        ComposedFunction function = scope.vertex() instanceof ScaleVertex scale
                ? ComposedFunction.linear(x -> x.times(scale.getScaleFactor()))
                : ComposedFunction.linear(
                        x -> x.plus(scope.as(ShiftVertex.class).getShiftFactor()));
        return scope.elementwise(new ElementwiseKernel(function), inputs.get(0));
    }
}
