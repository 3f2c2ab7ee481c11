package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Vertices whose channels are joined. */
public final class MergeVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(MergeVertex.class);
    }

    @Override
    public boolean acceptsMasks() {
        return true;
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        List<Value> values = inputs.stream().map(scope::inNetworkOrder).toList();
        return scope.concatenate(values, values.get(0).rank() - 1).withMask(Steps.anyMask(scope, inputs));
    }
}
