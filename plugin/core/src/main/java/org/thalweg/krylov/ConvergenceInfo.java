package org.thalweg.krylov;

/**
 * How an iteration went and what it cost.
 *
 * @param converged number of pairs within the tolerance
 * @param wanted number of pairs asked for
 * @param products operator-vector products taken
 * @param restarts number of thick restarts
 * @param breakdowns number of invariant subspaces met; each time the basis went on with a fresh random vector
 * @param basisSize largest dimension of the Krylov basis, after budgets
 * @param basisBytes memory of the basis
 * @param rounding below this a residual is rounding of the arithmetic, which no further product makes smaller
 * @param tolerance tolerance asked for
 * @param rule what it is relative to
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
