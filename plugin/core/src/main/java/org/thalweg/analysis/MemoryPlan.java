package org.thalweg.analysis;

import java.util.Optional;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.ExtremeEigenvalues;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.Objective;

/**
 * How much memory a frame may take, from the most to the least. Each plan gives up what costs the frame least: first speed,
 * then other estimates than the extreme eigenvalues, then all curvature. Loss and surface are the same in all of them.
 *
 * @since 0.2.0
 */
public enum MemoryPlan {
    /** As configured. */
    WHOLE,
    /** In batches for a quarter of the memory. */
    SMALL_BATCHES,
    /** In small batches, and with a small Krylov basis, which takes more products. */
    SMALL_BASIS,
    /**
     * Of the curvature only the extreme eigenvalues, in small batches: one at each end without a basis, more from a small one.
     */
    EIGENVALUES,
    /** The surface alone, in small batches. */
    SURFACE;

    /** Share of the buffers that small batches may take. */
    private static final int SMALLER = 4;

    /** The objective as this plan evaluates it: the same function, perhaps in smaller batches. */
    public Objective of(Objective objective) {
        Optional<MemoryUse> use = this == WHOLE ? Optional.empty() : objective.memoryUse();
        return use.map(whole -> objective.withMemoryBudget(Math.max(1, whole.bytes() / SMALLER)))
                .orElse(objective);
    }

    /** The curvature that this plan computes of what is configured; empty for none. */
    public Optional<CurvatureOptions> of(CurvatureOptions options) {
        return switch (this) {
            case WHOLE, SMALL_BATCHES -> Optional.of(options);
            case SMALL_BASIS -> Optional.of(withSmallBasis(options));
            case EIGENVALUES ->
                Optional.of(withSmallestBasis(CurvatureOptions.DEFAULT.withEigenvalues(options.eigenvalues()))
                        .withSelfCheck(false)
                        .withSampling(false));
            case SURFACE -> Optional.empty();
        };
    }

    /** Whether frames have all that is configured. */
    public boolean isComplete() {
        return compareTo(EIGENVALUES) < 0;
    }

    private static CurvatureOptions withSmallestBasis(CurvatureOptions options) {
        EigenvalueQuery query = options.eigenvalues().query();
        Lanczos lanczos = options.eigenvalues().lanczos();
        return query.largest() <= 1 && query.smallest() <= 1
                ? options.withLanczos(lanczos.withBasisSize(Lanczos.RECURRENCE))
                : withSmallBasis(options);
    }

    /** Twice the wanted pairs and two: with fewer, restarts keep little more than what they look for. */
    private static CurvatureOptions withSmallBasis(CurvatureOptions options) {
        ExtremeEigenvalues ends = options.eigenvalues();
        EigenvalueQuery query = ends.query();
        Lanczos lanczos = ends.lanczos();
        int size = Math.min(lanczos.basisSize(), 2 * (query.largest() + query.smallest()) + 2);
        return options.withLanczos(lanczos.withBasisSize(size));
    }
}
