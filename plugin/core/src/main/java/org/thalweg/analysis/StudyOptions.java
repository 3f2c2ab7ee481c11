package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.surface.Grid;

/**
 * What is to be found out about a saved network.
 *
 * @param grid of the surface
 * @param curvature what to compute of the spectrum at the network; empty for nothing
 * @param quantities what else to say of the landscape there in a number each
 * @param convexity points a side of a convexity map; empty for none
 * @param keepDirections whether the directions as used become part of what is found, once it is complete
 */
public record StudyOptions(
        Grid grid,
        Optional<CurvatureOptions> curvature,
        List<CurvatureQuantity> quantities,
        OptionalInt convexity,
        boolean keepDirections) {

    public StudyOptions {
        quantities = List.copyOf(quantities);
    }
}
