package org.thalweg.curvature;

import java.time.Duration;
import java.util.Optional;
import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.krylov.TraceOptions;

/**
 * What a look at the curvature finds out, and what it may cost. Immutable.
 *
 * @param lanczos extreme eigenvalues: how many of each end, how exactly, within which basis, products, memory and time;
 *     its memory budget holds for each of the others, too
 * @param selfCheck whether two more products check the operator's symmetry
 * @param trace how the trace is estimated, if it is
 * @param density how the spectral density is estimated, if it is
 */
public record CurvatureOptions(
        LanczosOptions lanczos,
        boolean selfCheck,
        Optional<TraceOptions> trace,
        Optional<SpectralDensityOptions> density) {

    /**
     * Five eigenvalues of each end, each to 1e-3 of itself, at most 300 products and two minutes, with self-check;
     * nothing else. The residual bounds the error; the error itself is of the order of its square.
     */
    public static final CurvatureOptions DEFAULT = new CurvatureOptions(
            LanczosOptions.DEFAULT.withMaxProducts(300).withTimeBudget(Duration.ofMinutes(2)),
            true,
            Optional.empty(),
            Optional.empty());

    /** k eigenvalues of each end. */
    public CurvatureOptions withEigenvalues(int k) {
        return withLanczos(lanczos.withEachEnd(k));
    }

    public CurvatureOptions withTolerance(double tolerance, ToleranceRule rule) {
        return withLanczos(lanczos.withTolerance(tolerance, rule));
    }

    public CurvatureOptions withLanczos(LanczosOptions lanczos) {
        return new CurvatureOptions(lanczos, selfCheck, trace, density);
    }

    public CurvatureOptions withSelfCheck(boolean selfCheck) {
        return new CurvatureOptions(lanczos, selfCheck, trace, density);
    }

    /** Also the trace. */
    public CurvatureOptions withTrace(TraceOptions trace) {
        return new CurvatureOptions(lanczos, selfCheck, Optional.of(trace), density);
    }

    /** Also the spectral density. */
    public CurvatureOptions withDensity(SpectralDensityOptions density) {
        return new CurvatureOptions(lanczos, selfCheck, trace, Optional.of(density));
    }
}
