package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.thalweg.objective.compiled.spi.Value;

/** One step of a recurrent layer. */
interface RecurrentCell {

    /**
     * Adds a step.
     *
     * @param projected the step's part that does not depend on the state, x W + b
     * @param state the previous step's result; empty at the first step, where the state is zero
     * @return the new state, the layer's output first
     */
    List<Value> step(Value projected, List<Value> state);
}
