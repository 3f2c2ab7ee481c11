package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Queries, keys and values of several vertices. DL4J hands back twice the derivative; this is the derivative. */
public final class AttentionVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(AttentionVertex.class);
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        AttentionVertex vertex = scope.as(AttentionVertex.class);
        Attention attention = new Attention(
                        scope, vertex.getNHeads(), vertex.getHeadSize(), vertex.getNOut(), vertex.isProjectInput())
                .packed();
        Value queries = Steps.channelsFirst(scope, inputs.get(0));
        return attention.of(queries, attention.memory(inputs.get(1), inputs.get(2), null));
    }
}
