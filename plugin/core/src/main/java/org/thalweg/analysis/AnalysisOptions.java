package org.thalweg.analysis;

import java.util.Optional;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.surface.Grid;

/**
 * What a frame consists of.
 *
 * @param grid of the surface
 * @param directions how they are scaled
 * @param seed of the directions
 * @param curvature what to compute of the spectrum; empty for nothing
 * @param keepDirections whether the directions as used become part of the frame
 * @param keepWeights whether the network's parameters become part of the frame
 */
public record AnalysisOptions(
        Grid grid,
        DirectionOptions directions,
        long seed,
        Optional<CurvatureOptions> curvature,
        boolean keepDirections,
        boolean keepWeights) {}
