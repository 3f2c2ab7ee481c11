package org.thalweg.krylov;

/**
 * Why an iteration ended.
 *
 * @since 0.2.0
 */
public enum StopReason {
    /** Every pair asked for is within the tolerance. */
    CONVERGED,
    /** More products would not help: some pair is not within the tolerance, which asks for more digits than products have. */
    ROUNDING,
    /** The basis spans the whole space: what is left of the residuals is the operator's own rounding. */
    COMPLETE,
    /** The budget of products is spent. */
    PRODUCTS,
    /** The time budget is spent. */
    TIME
}
