package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** The last step of sequences that is unmasked in the mask of an input of the network. */
public final class LastTimeStepVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(LastTimeStepVertex.class);
    }

    @Override
    public boolean acceptsMasks() {
        return true;
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        String named = scope.as(LastTimeStepVertex.class).getMaskArrayInputName();
        Value mask = scope.networkInput(named).mask();
        return Steps.last(scope, Steps.channelsFirst(scope, inputs.get(0)).withMask(mask), false);
    }
}
