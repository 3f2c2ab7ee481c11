package org.thalweg.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionPair;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;

/**
 * Computes loss surfaces from the centre and coarse grids to fine ones. A surface that is stopped early is a coarser
 * one, which can be continued later: each point is computed from the parameters alone, so its bits depend neither on
 * the order nor on interruptions.
 *
 * @since 0.2.0
 */
public final class SurfaceEvaluator {

    /** The coarsest level that is a surface: 3 x 3 points around a minimizer. */
    private static final int COARSEST = 1;

    /** Largest coarsest level that is computed even without time for it. */
    private static final int MANDATORY_POINTS = 25;

    private final Objective train;
    private final @Nullable Objective validation;

    /**
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     */
    public SurfaceEvaluator(Objective train, @Nullable Objective validation) {
        this.train = train;
        this.validation = validation;
    }

    /**
     * The surface theta + alpha delta + beta eta.
     *
     * @param theta packed, {@code [P]}
     * @param directions of the two axes
     * @param stop as in {@link #fill}
     */
    public LossSurface evaluate(Grid grid, INDArray theta, DirectionPair directions, BooleanSupplier stop) {
        LossSurface surface = LossSurface.empty(grid, validation != null);
        fill(surface, theta, directions.plane(), Integer.MAX_VALUE, stop);
        return surface;
    }

    /**
     * Computes the missing points of a surface. A loss at the centre that is not finite ends the computation: the
     * values around it have no meaning.
     *
     * @param surface empty, or computed in part at the same parameters and on the same plane
     * @param theta packed, {@code [P]}
     * @param plane maps the two coordinates of a point to parameters
     * @param finest number of the last level of {@link Grid#levels()} that is computed
     * @param stop called before every few points, on this thread; the surface may be read then. True ends the
     *     computation. A coarsest level of at most 25 points, such as the 3 x 3 grid, is always computed.
     * @throws IllegalArgumentException if only one of the surface and this evaluator has validation values
     */
    public void fill(LossSurface surface, INDArray theta, Parameterization plane, int finest, BooleanSupplier stop) {
        fill(surface, theta, plane, finest, stop, () -> {});
    }

    /**
     * Like {@link #fill(LossSurface, INDArray, Parameterization, int, BooleanSupplier)}, with a call after each level.
     *
     * @param refined called on this thread after each level, from the coarsest on; the surface may be read during the
     *     call
     */
    public void fill(
            LossSurface surface,
            INDArray theta,
            Parameterization plane,
            int finest,
            BooleanSupplier stop,
            Runnable refined) {
        within(surface, theta, plane, sampler -> {
            List<List<int[]>> levels = surface.grid().levels();
            for (int level = 0; level < levels.size() && level <= finest; level++) {
                List<int[]> points = levels.get(level);
                boolean mandatory = level <= COARSEST && points.size() <= MANDATORY_POINTS;
                if (!fill(surface, sampler, points, mandatory ? () -> false : stop)) {
                    return;
                }
                if (level >= COARSEST) {
                    refined.run();
                }
            }
        });
    }

    /**
     * Computes points from coarse to fine where interpolation between the computed ones would miss, and interpolates
     * the rest. Computed points have the same bits as by {@link #fill}; which ones they are depends on their values
     * alone, so a surface that was stopped continues to the same result. The estimate of the error is in
     * {@link LossSurface#interpolation()}.
     *
     * @param surface empty, or computed in part at the same parameters and on the same plane
     * @param theta packed, {@code [P]}
     * @param plane maps the two coordinates of a point to parameters
     * @param tolerance largest error of an interpolated loss, as a share of the drawn range: that of the logarithm if
     *     all losses are positive. 0.005 is not visible.
     * @param stop as in {@link #fill}
     * @param refined called on this thread after each level, from the coarsest on; the surface may be read during the
     *     call
     * @throws IllegalArgumentException if the tolerance is not in (0, 1), or only one of the surface and this evaluator
     *     has validation values
     */
    public void fillWithin(
            LossSurface surface,
            INDArray theta,
            Parameterization plane,
            double tolerance,
            BooleanSupplier stop,
            Runnable refined) {
        SurfaceInterpolation.requireTolerance(tolerance);
        within(surface, theta, plane, sampler -> {
            Grid grid = surface.grid();
            boolean begun = fill(surface, sampler, grid.center().stream().toList(), () -> false)
                    && fill(surface, sampler, ends(grid), () -> false);
            if (begun) {
                refined.run();
                new AdaptiveFill(grid, surface.samples(), sampler, tolerance, stop).run(refined);
            }
        });
    }

    private void within(LossSurface surface, INDArray theta, Parameterization plane, Consumer<Sampler> work) {
        surface.samples().requireValidated(validation != null);
        try (Slice trainSlice = train.slice(theta, plane);
                Slice validationSlice = validation == null ? null : validation.slice(theta, plane)) {
            work.accept(new Sampler(trainSlice, validationSlice, coordinates(surface.grid())));
        }
    }

    /** Computes points; returns whether there is more to compute. */
    private static boolean fill(LossSurface surface, Sampler sampler, List<int[]> points, BooleanSupplier stop) {
        return sampler.fill(surface.samples(), numbers(points, surface.grid()), stop) && !isDiverged(surface);
    }

    private static List<int[]> ends(Grid grid) {
        List<int[]> points = new ArrayList<>();
        for (int row : NestedKnots.ends(grid.beta())) {
            for (int column : NestedKnots.ends(grid.alpha())) {
                points.add(new int[] {row, column});
            }
        }
        return points;
    }

    private static boolean isDiverged(LossSurface surface) {
        return surface.grid().center().isPresent()
                && !Double.isFinite(surface.center().loss());
    }

    private static List<Integer> numbers(List<int[]> points, Grid grid) {
        int columns = grid.alpha().points();
        return points.stream().map(point -> point[0] * columns + point[1]).toList();
    }

    private static IntFunction<double[]> coordinates(Grid grid) {
        double[] alpha = grid.alpha().coordinates();
        double[] beta = grid.beta().coordinates();
        return point -> new double[] {alpha[point % alpha.length], beta[point / alpha.length]};
    }
}
