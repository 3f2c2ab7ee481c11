package org.thalweg.listener;

import java.util.Optional;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.Normalization;
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
 * @since 0.2.0
 */
public record SurfaceOptions(
        Grid grid, Optional<DirectionSource> plane, long seed, DirectionOptions directions, boolean fixedPlane) {

    /**
     * 25 x 25 points on [-1, 1]^2, along two random directions that are normalized by filter and follow the minimizer.
     */
    public static final SurfaceOptions DEFAULT =
            new SurfaceOptions(Grid.DEFAULT, Optional.empty(), 12345, DirectionOptions.DEFAULT, false);

    /** @throws IllegalArgumentException if the minimizer is not a point of the grid */
    public SurfaceOptions {
        grid.requireCenter();
    }

    /** On any grid that has the minimizer as a grid point. */
    public SurfaceOptions withGrid(Grid grid) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane);
    }

    /** On a square grid of n x n points, n odd, from -range to range. */
    public SurfaceOptions withGrid(int n, double range) {
        return withGrid(Grid.square(n, range));
    }

    /** On another kind of plane. */
    public SurfaceOptions withPlane(DirectionSource plane) {
        return new SurfaceOptions(grid, Optional.of(plane), seed, directions, fixedPlane);
    }

    /** With other random directions. */
    public SurfaceOptions withSeed(long seed) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane);
    }

    /** With random directions of another scale. */
    public SurfaceOptions withDirections(DirectionOptions directions) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane);
    }

    /** With another normalization of random directions. */
    public SurfaceOptions withNormalization(Normalization normalization) {
        return withDirections(directions.withNormalization(normalization));
    }

    /** With all frames on the first frame's plane, or each on its own. */
    public SurfaceOptions withFixedPlane(boolean fixedPlane) {
        return new SurfaceOptions(grid, plane, seed, directions, fixedPlane);
    }
}
