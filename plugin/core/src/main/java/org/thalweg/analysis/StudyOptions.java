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
 * @since 0.2.0
 */
public record StudyOptions(
        Grid grid,
        Optional<CurvatureOptions> curvature,
        List<CurvatureQuantity> quantities,
        OptionalInt convexity,
        boolean keepDirections) {

    /** The surface on 25 x 25 points, and all quantities; no eigenvalues, no convexity map. */
    public static final StudyOptions DEFAULT =
            new StudyOptions(Grid.DEFAULT, Optional.empty(), CurvatureQuantity.all(), OptionalInt.empty(), false);

    public StudyOptions {
        quantities = List.copyOf(quantities);
    }

    /** On another grid. */
    public StudyOptions withGrid(Grid grid) {
        return new StudyOptions(grid, curvature, quantities, convexity, keepDirections);
    }

    /** With eigenvalues and what else is asked of the spectrum. */
    public StudyOptions withCurvature(CurvatureOptions curvature) {
        return new StudyOptions(grid, Optional.of(curvature), quantities, convexity, keepDirections);
    }

    /** With these quantities alone. */
    public StudyOptions withQuantities(List<CurvatureQuantity> quantities) {
        return new StudyOptions(grid, curvature, quantities, convexity, keepDirections);
    }

    /** With a convexity map of so many points a side. */
    public StudyOptions withConvexity(int convexity) {
        return new StudyOptions(grid, curvature, quantities, OptionalInt.of(convexity), keepDirections);
    }

    /** With the directions as used, or without. */
    public StudyOptions withKeepDirections(boolean keepDirections) {
        return new StudyOptions(grid, curvature, quantities, convexity, keepDirections);
    }
}
