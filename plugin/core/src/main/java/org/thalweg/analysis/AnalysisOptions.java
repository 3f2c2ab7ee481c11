package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.RandomDirections;
import org.thalweg.surface.Grid;

/**
 * What a frame consists of.
 *
 * @param grid of the surface; it has the minimizer among its points
 * @param directions how random directions are scaled
 * @param seed of random directions
 * @param curvature what to compute of the spectrum; empty for nothing
 * @param quantities what else to say of the landscape in a number each
 * @param keepDirections whether the directions as used become part of the frame
 * @param keepWeights whether the network's parameters become part of the frame
 * @param plane another kind of plane than random directions; belongs to the analysis, which is not thread-safe either
 * @param fixedPlane whether all frames are on the plane of the first one, and tell where on it the parameters are
 */
public record AnalysisOptions(
        Grid grid,
        DirectionOptions directions,
        long seed,
        Optional<CurvatureOptions> curvature,
        List<CurvatureQuantity> quantities,
        boolean keepDirections,
        boolean keepWeights,
        Optional<DirectionSource> plane,
        boolean fixedPlane) {

    public AnalysisOptions {
        grid.requireCenter();
        quantities = List.copyOf(quantities);
    }

    /** Random directions through the parameters of each frame. */
    public AnalysisOptions(
            Grid grid,
            DirectionOptions directions,
            long seed,
            Optional<CurvatureOptions> curvature,
            List<CurvatureQuantity> quantities,
            boolean keepDirections,
            boolean keepWeights) {
        this(grid, directions, seed, curvature, quantities, keepDirections, keepWeights, Optional.empty(), false);
    }

    /** The kind of plane, a new one where it is of random directions. */
    public DirectionSource source() {
        return plane.orElseGet(() -> new RandomDirections(seed, directions));
    }
}
