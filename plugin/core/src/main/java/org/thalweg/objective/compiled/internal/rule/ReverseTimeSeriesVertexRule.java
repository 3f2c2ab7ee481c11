package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.thalweg.objective.compiled.internal.kernel.TimeReversal;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Sequences from their end; the mask of an input of the network gives their lengths. */
public final class ReverseTimeSeriesVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(ReverseTimeSeriesVertex.class);
    }

    @Override
    public boolean acceptsMasks() {
        return true;
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        String named = scope.as(ReverseTimeSeriesVertex.class).getMaskArrayInputName();
        Value mask = named == null ? null : scope.networkInput(named).mask();
        Value sequence = Steps.channelsFirst(scope, inputs.get(0));
        Steps.mask(scope, sequence.withMask(mask));
        List<Value> read = mask == null ? List.of(sequence) : List.of(sequence, mask);
        return scope.step(new TimeReversal(mask != null), read, sequence.shape())
                .withMask(sequence.mask());
    }
}
