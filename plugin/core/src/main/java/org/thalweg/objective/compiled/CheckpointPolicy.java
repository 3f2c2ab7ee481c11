package org.thalweg.objective.compiled;

/** What a Hessian keeps from the parameters it was made at, from most to least. */
enum CheckpointPolicy {
    /** Activations and gradients, and the windows of both that convolutions multiply. */
    WINDOWS,
    /** Activations and gradients. */
    ACTIVATIONS,
    /** Nothing: each product recomputes them. */
    NOTHING
}
