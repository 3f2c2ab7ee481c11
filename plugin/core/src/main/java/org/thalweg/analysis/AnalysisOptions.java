package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.surface.Grid;

/**
 * What a frame consists of.
 *
 * @param grid of the surface; it has the minimizer among its points
 * @param directions how they are scaled
 * @param seed of the directions
 * @param curvature what to compute of the spectrum; empty for nothing
 * @param quantities what else to say of the landscape in a number each
 * @param keepDirections whether the directions as used become part of the frame
 * @param keepWeights whether the network's parameters become part of the frame
 */
public record AnalysisOptions(
        Grid grid,
        DirectionOptions directions,
        long seed,
        Optional<CurvatureOptions> curvature,
        List<CurvatureQuantity> quantities,
        boolean keepDirections,
        boolean keepWeights) {

    public AnalysisOptions {
        grid.requireCenter();
        quantities = List.copyOf(quantities);
    }
}
