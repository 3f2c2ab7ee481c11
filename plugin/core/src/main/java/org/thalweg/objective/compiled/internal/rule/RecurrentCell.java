package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.thalweg.objective.compiled.spi.Value;

/** One step of a recurrent layer. */
interface RecurrentCell {

    /**
     * Adds a step.
     *
     * @param projected the step's share of what does not depend on the state, x W + b
     * @param state what the step before returned, empty at the first step: zeros
     * @return the new state, the layer's output first
     */
    List<Value> step(Value projected, List<Value> state);
}
