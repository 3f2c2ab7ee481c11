package org.thalweg.krylov;

/** Why an iteration ended. */
public enum StopReason {
    /** Every pair asked for is within the tolerance. */
    CONVERGED,
    /** The budget of products is spent. */
    PRODUCTS,
    /** The time budget is spent. */
    TIME
}
