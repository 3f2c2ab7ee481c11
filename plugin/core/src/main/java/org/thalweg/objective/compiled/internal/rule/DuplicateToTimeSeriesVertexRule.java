package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.thalweg.objective.compiled.internal.kernel.Repetition;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Vectors repeated as the steps of sequences, with the length and mask of an input of the network. */
public final class DuplicateToTimeSeriesVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(DuplicateToTimeSeriesVertex.class);
    }

    @Override
    public boolean acceptsMasks() {
        return true;
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        String named = scope.as(DuplicateToTimeSeriesVertex.class).getInputName();
        Value like = Steps.channelsFirst(scope, scope.networkInput(named));
        Value vector = scope.inNetworkOrder(inputs.get(0));
        return scope.step(new Repetition(0), vector, like.size(0), vector.length())
                .withMask(like.mask());
    }
}
