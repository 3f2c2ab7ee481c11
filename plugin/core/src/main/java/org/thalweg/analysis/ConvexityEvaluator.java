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
 * Computes convexity maps (Li et al., "Visualizing the Loss Landscape of Neural Nets", NeurIPS 2018, section 6):
 * lambda_max and lambda_min of the Hessian at points theta + alpha delta + beta eta, with one Lanczos run for each
 * point.
 *
 * <p>The run at the first point starts from a random vector, and all others from the eigenvectors that it found. So no
 * value depends on the order of the points or on where a map was stopped: a continued map has the same bits, at the
 * cost of computing the first point again.
 *
 * <p>Values that are not trained are the objective's at every point. Confined to one thread at a time, as the
 * objective.
 *
 * @since 0.2.0
 */
public final class ConvexityEvaluator {

    /**
     * One eigenvalue at each end, to 1e-3 of itself. A picture shows less, but a small residual only proves that an
     * eigenvalue is nearby, not that none lies beyond it: a run with a tolerance of 1e-2 sometimes takes a neighbour
     * for the end of the spectrum, if the start has a small share of the end.
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
     * Computes the missing points of a map. Points without a Hessian, or with one that cannot be trusted, stay NaN.
     *
     * @param map empty, or computed in part at the same parameters and in the same directions
     * @param theta packed, {@code [P]}
     * @param directions of the two axes
     * @param stop called before each point, on this thread; the map may be read then. True ends the computation
     */
    public void fill(ConvexityMap map, INDArray theta, DirectionPair directions, BooleanSupplier stop) {
        Points points = new Points(map.grid(), theta, directions);
        @Nullable CurvatureReport first = null;
        try {
            for (int[] point : map.missing()) {
                if (stop.getAsBoolean()) {
                    return;
                }
                // Recomputed even if the map has it, because eigenvectors are not kept.
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

    /** The sum of one eigenvector of each end; null where there are none. */
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

        /** A new vector. */
        INDArray at(int[] point) {
            try (INDArray along = directions.delta().mul(grid.alpha().coordinates()[point[1]]);
                    INDArray across = directions.eta().mul(grid.beta().coordinates()[point[0]])) {
                return theta.add(along).addi(across);
            }
        }
    }
}
