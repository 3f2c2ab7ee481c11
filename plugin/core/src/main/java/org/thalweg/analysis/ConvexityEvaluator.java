package org.thalweg.analysis;

import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.direction.DirectionPair;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.Objective;
import org.thalweg.surface.Grid;

/**
 * Computes convexity maps (Li et al., "Visualizing the Loss Landscape of Neural Nets", NeurIPS 2018, section 6): lambda_max
 * and lambda_min of the Hessian at points theta + alpha delta + beta eta, each by a Lanczos run of its own from the same
 * random start, so that a map that was stopped is gone on with to the same bits.
 *
 * <p>What is not trained is the objective's at every point. Confined to one thread at a time, as the objective.
 */
public final class ConvexityEvaluator {

    /**
     * One eigenvalue of each end to 1e-2 of itself, which is more than a picture shows: the residual bounds the error, and
     * the error itself is of the order of its square. A basis is filled once before its values are believed, and so few of
     * them need no more than a small one.
     */
    public static final CurvatureOptions OPTIONS = CurvatureOptions.UNTIMED
            .withLanczos(CurvatureOptions.UNTIMED.lanczos().withEnds(1, 1).withBasisSize(16))
            .withTolerance(1e-2, ToleranceRule.RELATIVE_TO_EACH)
            .withSelfCheck(false);

    private final Objective objective;
    private final CurvatureOptions options;

    public ConvexityEvaluator(Objective objective, CurvatureOptions options) {
        this.objective = objective;
        this.options = options;
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
        Grid grid = map.grid();
        double[] alpha = grid.alpha().coordinates();
        double[] beta = grid.beta().coordinates();
        for (int[] point : map.missing()) {
            if (stop.getAsBoolean()) {
                return;
            }
            try (INDArray along = directions.delta().mul(alpha[point[1]]);
                    INDArray across = directions.eta().mul(beta[point[0]]);
                    INDArray there = theta.add(along).addi(across);
                    CurvatureReport report = Curvature.report(objective, there, options)) {
                map.set(point, report);
            }
        }
    }
}
