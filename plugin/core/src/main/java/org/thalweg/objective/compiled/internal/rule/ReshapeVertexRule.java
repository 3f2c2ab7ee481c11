package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Vertices that give examples another shape, in the order in which the network numbers their elements. */
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
        if (vertex.getReshapeOrder() != 'c' || vertex.getMaskShape() != null || !examplesFirst) {
            throw scope.unsupported("gives the shape " + Arrays.toString(shape) + " in the order '"
                    + vertex.getReshapeOrder() + "'; covered are [-1, ...] in the order 'c', without masks");
        }
        Value input = inputs.get(0);
        long[] sizes = Arrays.copyOfRange(shape, 1, shape.length);
        if (Arrays.stream(sizes).reduce(1, (a, b) -> a * b) != input.length()) {
            throw scope.unsupported("gives " + input + " the shape " + Arrays.toString(sizes));
        }
        return scope.fromNetworkOrder(scope.reshape(scope.toNetworkOrder(input), sizes));
    }
}
