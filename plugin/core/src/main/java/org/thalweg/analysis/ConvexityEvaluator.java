package org.thalweg.analysis;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.direction.DirectionPair;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.Objective;
import org.thalweg.surface.Grid;

/**
 * Computes convexity maps (Li et al., "Visualizing the Loss Landscape of Neural Nets", NeurIPS 2018, section 6): lambda_max
 * and lambda_min of the Hessian at points theta + alpha delta + beta eta, each by a Lanczos run of its own.
 *
 * <p>The run at the first point starts from a random vector, and all others from the eigenvectors that it found. So no value
 * depends on the order of the points or on where a map was stopped: what is gone on with ends with the same bits, at the cost
 * of the first point, which is looked at again.
 *
 * <p>What is not trained is the objective's at every point. Confined to one thread at a time, as the objective.
 *
 * @since 0.2.0
 */
public final class ConvexityEvaluator {

    /**
     * One eigenvalue of each end to 1e-3 of itself, which is more than a picture shows: a residual says that there is an eigenvalue
     * nearby, and not that none lies beyond it. A run that is content with 1e-2 now and then takes a neighbour for the end of
     * the spectrum, whose own share of the start was small. A basis is filled once before its values are believed, so that one of
     * 16 looks for the end in 16 products at least.
     */
    public static final CurvatureOptions OPTIONS = CurvatureOptions.UNTIMED
            .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
            .withLanczos(Lanczos.DEFAULT.withBasisSize(16))
            .withTolerance(1e-3, ToleranceRule.RELATIVE_TO_EACH)
            .withSelfCheck(false);

    private final Objective objective;
    private final CurvatureOptions options;

    public ConvexityEvaluator(Objective objective, CurvatureOptions options) {
        this.objective = objective;
        this.options = options.withEigenvalues(options.eigenvalues().withEigenvectors());
    }

    /**
     * Computes what a map lacks. Points where there is no Hessian to look at, or none to be trusted, stay NaN.
     *
     * @param map empty, or computed in part at the same parameters and in the same directions
     * @param theta packed, {@code [P]}
     * @param directions of the two axes
     * @param stop asked before each point, on this thread, when the map may be read; true ends it where it is
     */
    public void fill(ConvexityMap map, INDArray theta, DirectionPair directions, BooleanSupplier stop) {
        Points points = new Points(map.grid(), theta, directions);
        @Nullable CurvatureReport first = null;
        try {
            for (int[] point : map.missing()) {
                if (stop.getAsBoolean()) {
                    return;
                }
                // Again where the map has it already: eigenvectors are not kept.
                first = first == null ? look(points.at(map.first()), null) : first;
                if (Arrays.equals(point, map.first())) {
                    map.set(point, first);
                } else {
                    try (CurvatureReport report = look(points.at(point), eigenvectors(first))) {
                        map.set(point, report);
                    }
                }
            }
        } finally {
            if (first != null) {
                first.close();
            }
        }
    }

    /** Frees both. */
    private CurvatureReport look(INDArray theta, @Nullable INDArray start) {
        try (theta;
                start) {
            return Curvature.report(objective, theta, start, options);
        }
    }

    /** The sum of one of each end; null where there are none. */
    private static @Nullable INDArray eigenvectors(CurvatureReport report) {
        Optional<EigenPair> max = report.lambdaMax();
        Optional<EigenPair> min = report.lambdaMin();
        return max.isPresent() && min.isPresent()
                ? Objects.requireNonNull(max.get().vector())
                        .add(Objects.requireNonNull(min.get().vector()))
                : null;
    }

    /** Parameters at the points of a grid. */
    private record Points(Grid grid, INDArray theta, DirectionPair directions) {

        /** A vector of its own. */
        INDArray at(int[] point) {
            try (INDArray along = directions.delta().mul(grid.alpha().coordinates()[point[1]]);
                    INDArray across = directions.eta().mul(grid.beta().coordinates()[point[0]])) {
                return theta.add(along).addi(across);
            }
        }
    }
}
