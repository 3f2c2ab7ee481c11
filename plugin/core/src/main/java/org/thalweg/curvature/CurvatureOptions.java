package org.thalweg.curvature;

import java.time.Duration;
import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.ToleranceRule;

/**
 * What a look at the curvature finds out, and what it may cost. Immutable.
 *
 * @param lanczos extreme eigenvalues: how many of each end, how exactly, within which basis, products, memory and time
 * @param selfCheck whether two more products check the operator's symmetry
 */
public record CurvatureOptions(LanczosOptions lanczos, boolean selfCheck) {

    /**
     * Five eigenvalues of each end, each to 1e-3 of itself, at most 300 products and two minutes, with self-check. The
     * residual bounds the error; the error itself is of the order of its square.
     */
    public static final CurvatureOptions DEFAULT = new CurvatureOptions(
            LanczosOptions.DEFAULT.withMaxProducts(300).withTimeBudget(Duration.ofMinutes(2)), true);

    /** k eigenvalues of each end. */
    public CurvatureOptions withEigenvalues(int k) {
        return withLanczos(lanczos.withEachEnd(k));
    }

    public CurvatureOptions withTolerance(double tolerance, ToleranceRule rule) {
        return withLanczos(lanczos.withTolerance(tolerance, rule));
    }

    public CurvatureOptions withLanczos(LanczosOptions lanczos) {
        return new CurvatureOptions(lanczos, selfCheck);
    }

    public CurvatureOptions withSelfCheck(boolean selfCheck) {
        return new CurvatureOptions(lanczos, selfCheck);
    }
}
