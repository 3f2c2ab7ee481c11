package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.Maximum;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/**
 * Queries, keys and values from several vertices. Masked keys and values are not attended to, and masked queries give
 * zero. DL4J returns twice the derivative; this is the derivative.
 */
public final class AttentionVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(AttentionVertex.class);
    }

    @Override
    public boolean acceptsMasks() {
        return true;
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        AttentionVertex vertex = scope.as(AttentionVertex.class);
        Attention attention = new Attention(
                        scope, vertex.getNHeads(), vertex.getHeadSize(), vertex.getNOut(), vertex.isProjectInput())
                .packed();
        Value queries = Steps.channelsFirst(scope, inputs.get(0));
        Attention.Memory memory = attention.memory(inputs.get(1), inputs.get(2), mask(scope, inputs));
        return scope.masked(attention.of(queries, memory).withMask(queries.mask()));
    }

    /** The mask of keys and values together, the smaller one at each step. */
    private static @Nullable Value mask(VertexScope scope, List<Value> inputs) {
        Value ofKeys = Steps.mask(scope, inputs.get(1));
        Value ofValues = Steps.mask(scope, inputs.get(2));
        if (ofKeys == null || ofValues == null || ofKeys.slot() == ofValues.slot()) {
            return ofKeys == null ? ofValues : ofKeys;
        }
        return minimum(scope, ofKeys, ofValues);
    }

    private static Value minimum(VertexScope scope, Value a, Value b) {
        List<Value> negated = List.of(scope.combine(List.of(a), -1), scope.combine(List.of(b), -1));
        return scope.combine(List.of(scope.step(new Maximum(2), negated, a.shape())), -1);
    }
}
