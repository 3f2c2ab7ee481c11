package org.thalweg.surface;

import java.util.stream.DoubleStream;

/**
 * Grids that contain trajectories.
 *
 * @since 0.2.0
 */
public final class TrajectoryGrid {

    /** Margin beyond the outermost points on either side, as a share of their distance. */
    private static final double MARGIN = 0.15;

    /** Least number of steps of the coarsest level, where the number of points allows it. */
    private static final int COARSE_STEPS = 8;

    private TrajectoryGrid() {}

    /**
     * The grid that contains points of a plane and (0, 0), with a margin of 15 % on either side, and has (0, 0) as a
     * grid point. Its axes have different ranges: a plane's second direction explains less than its first.
     *
     * @param alpha coordinates of the points along delta
     * @param beta coordinates of the points along eta
     * @param points of the grid, a side, at least 3
     * @throws IllegalArgumentException if a coordinate is not finite, or points are too few
     */
    public static Grid holding(double[] alpha, double[] beta, int points) {
        return new Grid(axis(alpha, points), axis(beta, points));
    }

    /**
     * Among all axes that have 0 at a multiple of a step with coarser levels and reach beyond both ends, the one with
     * the shortest steps.
     */
    private static Axis axis(double[] coordinates, int points) {
        Axis.requirePoints(3, points);
        double low = DoubleStream.of(coordinates).reduce(0, Math::min);
        double high = DoubleStream.of(coordinates).reduce(0, Math::max);
        double span = high - low;
        if (!Double.isFinite(span)) {
            throw new IllegalArgumentException(
                    "trajectories must be finite, got coordinates from " + low + " to " + high);
        }
        double room = span > 0 ? MARGIN * span : 1;
        int steps = points - 1;
        int unit = unit(steps);
        double best = Double.POSITIVE_INFINITY;
        int zero = 0;
        for (int below = unit; below < steps; below += unit) {
            double step = Math.max((room - low) / below, (room + high) / (steps - below));
            if (step < best) {
                best = step;
                zero = below;
            }
        }
        return new Axis(-zero * best, (steps - zero) * best, points);
    }

    /** The largest divisor that leaves a coarse level enough steps; 1 if there is none. */
    private static int unit(int steps) {
        int unit = 1;
        for (int divisor = 2; divisor * COARSE_STEPS <= steps; divisor++) {
            unit = steps % divisor == 0 ? divisor : unit;
        }
        return unit;
    }
}
