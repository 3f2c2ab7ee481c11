package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.jspecify.annotations.Nullable;
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
        Value squares = squares(
                scope,
                scope.combine(values, 1, -1).withStepsAsExamples(values.get(0).stepsAsExamples()));
        return scope.elementwise(new ElementwiseKernel(Roots.of(0.5)), squares);
    }

    private static Value normalized(VertexScope scope, Value input, L2NormalizeVertex vertex) {
        // DL4J divides by at least epsilon.
        double least = vertex.getEps() * vertex.getEps();
        ComposedFunction precision = ComposedFunction.smooth(x -> {
            Jet above = x.plus(-least).positive();
            return x.times(above).plus(above.times(-least).plus(least)).power(-0.5);
        });
        Value whole = scope.reshape(input, input.shape());
        Value squares = scope.multiply(whole, whole);
        for (int axis : axes(scope, input, vertex.getDimension())) {
            long[] shape = squares.shape();
            shape[axis] = 1;
            squares = scope.reshape(scope.sum(squares, axis), shape);
        }
        Value precisions = scope.elementwise(new ElementwiseKernel(precision), squares);
        Value result = scope.multiply(whole, precisions);
        return input.in(result.slot());
    }

    /**
     * The axes of an example, from the network's numbering, in which the examples' axis is the first.
     *
     * @param dimensions null or empty for all
     */
    private static int[] axes(VertexScope scope, Value value, int @Nullable [] dimensions) {
        // Where the steps are examples, an example has the channels alone.
        int examples = value.stepsAsExamples() ? 1 : 0;
        int rank = value.rank() - examples;
        if (dimensions == null || dimensions.length == 0) {
            return IntStream.range(examples, value.rank()).toArray();
        }
        if (Arrays.stream(dimensions).anyMatch(dimension -> dimension < 1 || dimension > rank)) {
            throw scope.unsupported("normalizes over the dimensions " + Arrays.toString(dimensions)
                    + "; those of an example are covered, 1 to " + rank);
        }
        boolean channelsFirst = rank > 1 && scope.channelsFirst(rank);
        return Arrays.stream(dimensions)
                .map(dimension -> channelsFirst ? (dimension + rank - 2) % rank : dimension - 1 + examples)
                .distinct()
                .toArray();
    }

    /** The sum of all squares of an example, {@code [1]}; of each step {@code [time, 1]} where the steps are examples. */
    private static Value squares(VertexScope scope, Value value) {
        if (value.stepsAsExamples()) {
            Value each = scope.multiply(value, value);
            return scope.reshape(scope.sum(each, 1), value.size(0), 1);
        }
        Value column = scope.reshape(scope.multiply(value, value), value.length(), 1);
        return scope.sum(column, 0);
    }
}
