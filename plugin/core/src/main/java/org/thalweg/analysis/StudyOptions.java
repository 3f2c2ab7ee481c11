package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.surface.Grid;

/**
 * The results to compute for a saved network.
 *
 * @param grid of the surface
 * @param curvature the spectrum to compute at the network; empty for none
 * @param quantities the quantities to compute there
 * @param convexity points a side of a convexity map; empty for none
 * @param keepDirections whether a complete study keeps its directions
 * @param tolerance largest error of points that are interpolated instead of computed, as a share of the drawn range;
 *     empty to compute all points
 * @param planes random planes to compare the surface's with; empty for none
 * @since 0.2.0
 */
public record StudyOptions(
        Grid grid,
        Optional<CurvatureOptions> curvature,
        List<CurvatureQuantity> quantities,
        OptionalInt convexity,
        boolean keepDirections,
        OptionalDouble tolerance,
        Optional<RandomPlanes> planes) {

    /** The surface on 25 x 25 points, and all quantities; no eigenvalues, no convexity map. */
    public static final StudyOptions DEFAULT = new StudyOptions(
            Grid.DEFAULT,
            Optional.empty(),
            CurvatureQuantity.all(),
            OptionalInt.empty(),
            false,
            OptionalDouble.empty(),
            Optional.empty());

    /** @throws IllegalArgumentException if the tolerance is not in (0, 1) */
    public StudyOptions {
        tolerance.ifPresent(SurfaceInterpolation::requireTolerance);
        quantities = List.copyOf(quantities);
    }

    /** On another grid. */
    public StudyOptions withGrid(Grid grid) {
        return new StudyOptions(grid, curvature, quantities, convexity, keepDirections, tolerance, planes);
    }

    /** With eigenvalues and other estimates of the spectrum. */
    public StudyOptions withCurvature(CurvatureOptions curvature) {
        return new StudyOptions(grid, Optional.of(curvature), quantities, convexity, keepDirections, tolerance, planes);
    }

    /** With only these quantities. */
    public StudyOptions withQuantities(List<CurvatureQuantity> quantities) {
        return new StudyOptions(grid, curvature, quantities, convexity, keepDirections, tolerance, planes);
    }

    /** With a convexity map of a number of points a side. */
    public StudyOptions withConvexity(int convexity) {
        return new StudyOptions(
                grid, curvature, quantities, OptionalInt.of(convexity), keepDirections, tolerance, planes);
    }

    /** With or without the directions. */
    public StudyOptions withKeepDirections(boolean keepDirections) {
        return new StudyOptions(grid, curvature, quantities, convexity, keepDirections, tolerance, planes);
    }

    /** With points interpolated where that is good enough. */
    public StudyOptions withTolerance(double tolerance) {
        return new StudyOptions(
                grid, curvature, quantities, convexity, keepDirections, OptionalDouble.of(tolerance), planes);
    }

    /** With a comparison of the surface's plane with random ones. */
    public StudyOptions withPlanes(RandomPlanes planes) {
        return new StudyOptions(grid, curvature, quantities, convexity, keepDirections, tolerance, Optional.of(planes));
    }
}
