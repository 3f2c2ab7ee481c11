package org.thalweg.krylov;

/**
 * Outcome and cost of an iteration.
 *
 * @param converged number of pairs within the tolerance
 * @param wanted number of requested pairs
 * @param products operator-vector products taken
 * @param restarts number of thick restarts
 * @param breakdowns number of invariant subspaces met; after each, the basis continued with a fresh random vector
 * @param basisSize largest dimension of the Krylov basis, after budgets
 * @param basisBytes memory of the basis
 * @param rounding rounding level: further products do not make a residual smaller than this
 * @param tolerance requested tolerance
 * @param rule what the tolerance is relative to
 * @param stop why the iteration ended
 * @since 0.2.0
 */
public record ConvergenceInfo(
        int converged,
        int wanted,
        int products,
        int restarts,
        int breakdowns,
        int basisSize,
        long basisBytes,
        double rounding,
        double tolerance,
        ToleranceRule rule,
        StopReason stop) {}
