package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Vertices that reshape examples, in the network's order of elements. */
public final class ReshapeVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(ReshapeVertex.class);
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        ReshapeVertex vertex = scope.as(ReshapeVertex.class);
        long[] shape = Arrays.stream(vertex.getNewShape()).asLongStream().toArray();
        boolean examplesFirst = shape.length > 1
                && shape[0] == -1
                && Arrays.stream(shape, 1, shape.length).noneMatch(size -> size < 1);
        if (vertex.getMaskShape() != null || !examplesFirst) {
            throw scope.unsupported(
                    "gives the shape " + Arrays.toString(shape) + "; covered are [-1, ...] without masks");
        }
        Value input = inputs.get(0);
        if (input.stepsAsExamples()) {
            throw scope.unsupported("reshapes steps that are folded into the examples, which is not covered");
        }
        long[] sizes = Arrays.copyOfRange(shape, 1, shape.length);
        if (Arrays.stream(sizes).reduce(1, (a, b) -> a * b) != input.length()) {
            throw scope.unsupported("gives " + input + " the shape " + Arrays.toString(sizes));
        }
        Value ordered = scope.toNetworkOrder(input);
        return scope.fromNetworkOrder(
                vertex.getReshapeOrder() == 'f'
                        ? reversed(scope, scope.reshape(reversed(scope, ordered), reversed(sizes)))
                        : scope.reshape(ordered, sizes));
    }

    /** With the axes reversed, so that the first one's elements are neighbours, as in order 'f'. */
    private static Value reversed(VertexScope scope, Value value) {
        int[] axes = IntStream.range(0, value.rank())
                .map(axis -> value.rank() - 1 - axis)
                .toArray();
        return scope.step(new Transposition(axes), value, reversed(value.shape()));
    }

    private static long[] reversed(long[] sizes) {
        long[] reversed = new long[sizes.length];
        Arrays.setAll(reversed, axis -> sizes[sizes.length - 1 - axis]);
        return reversed;
    }
}
