package org.thalweg.objective.compiled;

/** What a Hessian keeps of the parameters it was made at, from the most to the least. */
enum CheckpointPolicy {
    /** Activations and gradients, and the windows of both that convolutions multiply. */
    WINDOWS,
    /** Activations and gradients. */
    ACTIVATIONS,
    /** Nothing: each product computes them again. */
    NOTHING
}
