package org.thalweg.krylov;

/**
 * Why an iteration ended.
 *
 * @since 0.2.0
 */
public enum StopReason {
    /** Every requested pair is within the tolerance. */
    CONVERGED,
    /** More products would not help: the tolerance asks some pair for more digits than products have. */
    ROUNDING,
    /** The basis spans the whole space: the remaining residuals are the operator's rounding. */
    COMPLETE,
    /** The budget of products is spent. */
    PRODUCTS,
    /** The time budget is spent. */
    TIME
}
