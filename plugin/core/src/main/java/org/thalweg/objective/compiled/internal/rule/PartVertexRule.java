package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Vertices that keep a part: a range of channels, or images without their first row and column. */
public final class PartVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(SubsetVertex.class, PoolHelperVertex.class);
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        Value input = scope.inNetworkOrder(inputs.get(0));
        if (scope.vertex() instanceof SubsetVertex subset) {
            // The range is on the network's first axis after the examples, which need not be the channels.
            int axis = scope.channelsFirst(input.rank()) || input.stepsAsExamples() ? input.rank() - 1 : 0;
            return scope.slice(input, axis, subset.getFrom(), subset.getTo() + 1L);
        }
        if (input.rank() != 3) {
            throw scope.unsupported("needs images, got " + input + " per example");
        }
        return scope.slice(scope.slice(input, 0, 1, input.size(0)), 1, 1, input.size(1));
    }
}
