package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** The distance between two values, and a value divided by its length. */
public final class LengthVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(L2Vertex.class, L2NormalizeVertex.class);
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        if (scope.vertex() instanceof L2NormalizeVertex vertex) {
            return normalized(scope, inputs.get(0), vertex);
        }
        List<Value> values = inputs.stream().map(scope::inNetworkOrder).toList();
        if (!Arrays.equals(values.get(0).shape(), values.get(1).shape())) {
            throw scope.unsupported("compares " + values.get(0) + " and " + values.get(1) + ", of different shapes");
        }
        Value squares = squares(scope, scope.combine(values, 1, -1));
        return scope.elementwise(new ElementwiseKernel(Roots.of(0.5)), squares);
    }

    private static Value normalized(VertexScope scope, Value input, L2NormalizeVertex vertex) {
        int[] axes = vertex.getDimension();
        if (axes != null && axes.length > 0 && axes.length < input.rank()) {
            throw scope.unsupported("normalizes over " + Arrays.toString(axes) + ", not over all of an example");
        }
        // DL4J divides by no less than epsilon.
        double least = vertex.getEps() * vertex.getEps();
        ComposedFunction precision = ComposedFunction.smooth(x -> {
            Jet above = x.plus(-least).positive();
            return x.times(above).plus(above.times(-least).plus(least)).power(-0.5);
        });
        Value vector = scope.reshape(input, input.length());
        Value precisions = scope.elementwise(new ElementwiseKernel(precision), squares(scope, vector));
        Value result = scope.multiply(vector, precisions);
        return input.in(result.slot());
    }

    /** The sum of all squares of an example, {@code [1]}. */
    private static Value squares(VertexScope scope, Value value) {
        Value column = scope.reshape(scope.multiply(value, value), value.length(), 1);
        return scope.sum(column, 0);
    }
}
