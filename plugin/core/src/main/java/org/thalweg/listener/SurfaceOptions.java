package org.thalweg.listener;

import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.analysis.RandomPlanes;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.Normalization;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.surface.Grid;

/**
 * The surface of a frame. Immutable except for the plane, which serves one listener.
 *
 * @param grid of the surface; the minimizer is one of its points
 * @param plane the kind of plane; empty for two random directions, which {@code seed} and {@code directions} describe
 * @param seed of random directions
 * @param directions scale of random directions; {@link DirectionSource#scaled} does the same for another kind of plane
 * @param fixedPlane whether all frames lie on the first frame's plane instead of following the minimizer: each frame
 *     then records the minimizer's coordinates on the plane, its distance from the plane, and the difference in loss.
 *     Such a run can be continued only if its weights are recorded.
 * @param tolerance largest error of points that are interpolated instead of computed, as a share of the drawn range;
 *     empty to compute all points
 * @param planes random planes to compare the surface's with, at (planes + 1) points^2 evaluations a frame; empty for none
 * @since 0.2.0
 */
public record SurfaceOptions(
        Grid grid,
        Optional<DirectionSource> plane,
        long seed,
        DirectionOptions directions,
        boolean fixedPlane,
        OptionalDouble tolerance,
        Optional<RandomPlanes> planes) {

    /** Errors of this size cannot be seen in a picture. */
    private static final double INVISIBLE = 0.005;

    /**
     * 25 x 25 points on [-1, 1]^2, along two random directions that are normalized by filter and follow the minimizer;
     * computed where interpolation would be off by more than 0.5 % of the drawn range.
     */
    public static final SurfaceOptions DEFAULT = new SurfaceOptions(
            Grid.DEFAULT,
            Optional.empty(),
            12345,
            DirectionOptions.DEFAULT,
            false,
            OptionalDouble.of(INVISIBLE),
            Optional.empty());

    /** @throws IllegalArgumentException if the minimizer is not a point of the grid, or the tolerance not in (0, 1) */
    public SurfaceOptions {
        grid.requireCenter();
        tolerance.ifPresent(SurfaceInterpolation::requireTolerance);
    }

    /** On any grid that has the minimizer as a grid point. */
    public SurfaceOptions withGrid(Grid grid) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane, tolerance, planes);
    }

    /** On a square grid of n x n points, n odd, from -range to range. */
    public SurfaceOptions withGrid(int n, double range) {
        return withGrid(Grid.square(n, range));
    }

    /** On another kind of plane. */
    public SurfaceOptions withPlane(DirectionSource plane) {
        return new SurfaceOptions(grid, Optional.of(plane), seed, directions, fixedPlane, tolerance, planes);
    }

    /** With other random directions. */
    public SurfaceOptions withSeed(long seed) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane, tolerance, planes);
    }

    /** With random directions of another scale. */
    public SurfaceOptions withDirections(DirectionOptions directions) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane, tolerance, planes);
    }

    /** With another normalization of random directions. */
    public SurfaceOptions withNormalization(Normalization normalization) {
        return withDirections(directions.withNormalization(normalization));
    }

    /** With all frames on the first frame's plane, or each on its own. */
    public SurfaceOptions withFixedPlane(boolean fixedPlane) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane, tolerance, planes);
    }

    /** With points computed where interpolation would be off by more than a share of the drawn range. */
    public SurfaceOptions withTolerance(double tolerance) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane, OptionalDouble.of(tolerance), planes);
    }

    /** With all points computed. */
    public SurfaceOptions withAllPoints() {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane, OptionalDouble.empty(), planes);
    }

    /** With a comparison of each frame's plane with a number of random ones, on 9 x 9 points each. */
    public SurfaceOptions withPlanes(int planes) {
        return withPlanes(RandomPlanes.of(planes));
    }

    /** With a comparison of each frame's plane with random ones. */
    public SurfaceOptions withPlanes(RandomPlanes planes) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane, tolerance, Optional.of(planes));
    }
}
