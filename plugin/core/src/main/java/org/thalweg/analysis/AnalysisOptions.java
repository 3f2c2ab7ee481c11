package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.surface.Grid;

/**
 * The contents of a frame.
 *
 * @param grid of the surface; it has the minimizer among its points
 * @param directions how random directions are scaled
 * @param seed of random directions
 * @param curvature the spectrum to compute; empty for none
 * @param quantities the quantities to compute
 * @param keepDirections whether a frame keeps its directions
 * @param keepWeights whether a frame keeps the network's parameters
 * @param plane another kind of plane than random directions; used by the analysis alone, which is not thread-safe
 *     either
 * @param fixedPlane whether all frames lie on the first frame's plane and record where the parameters are on it
 * @param tolerance largest error of points that are interpolated instead of computed, as a share of the drawn range;
 *     empty to compute all points
 * @param planes random planes to compare the surface's with; empty for none
 * @since 0.2.0
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
        boolean fixedPlane,
        OptionalDouble tolerance,
        Optional<RandomPlanes> planes) {

    /** The surface on 25 x 25 points along random directions, and all quantities; no eigenvalues. */
    public static final AnalysisOptions DEFAULT = new AnalysisOptions(
            Grid.DEFAULT,
            DirectionOptions.DEFAULT,
            12345,
            Optional.empty(),
            CurvatureQuantity.all(),
            false,
            false,
            Optional.empty(),
            false,
            OptionalDouble.empty(),
            Optional.empty());

    /** @throws IllegalArgumentException if the minimizer is not a point of the grid, or the tolerance not in (0, 1) */
    public AnalysisOptions {
        grid.requireCenter();
        tolerance.ifPresent(SurfaceInterpolation::requireTolerance);
        quantities = List.copyOf(quantities);
    }

    /** On another grid. */
    public AnalysisOptions withGrid(Grid grid) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** With random directions of another scale. */
    public AnalysisOptions withDirections(DirectionOptions directions) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** With other random directions. */
    public AnalysisOptions withSeed(long seed) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** With eigenvalues and other estimates of the spectrum. */
    public AnalysisOptions withCurvature(CurvatureOptions curvature) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                Optional.of(curvature),
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** With only these quantities. */
    public AnalysisOptions withQuantities(List<CurvatureQuantity> quantities) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** With or without the directions in each frame. */
    public AnalysisOptions withKeepDirections(boolean keepDirections) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** With or without the network's parameters in each frame. */
    public AnalysisOptions withKeepWeights(boolean keepWeights) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** On another kind of plane. */
    public AnalysisOptions withPlane(DirectionSource plane) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                Optional.of(plane),
                fixedPlane,
                tolerance,
                planes);
    }

    /** With all frames on the first frame's plane, or each on its own. */
    public AnalysisOptions withFixedPlane(boolean fixedPlane) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                planes);
    }

    /** With points interpolated where that is good enough. */
    public AnalysisOptions withTolerance(double tolerance) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                OptionalDouble.of(tolerance),
                planes);
    }

    /** With a comparison of the surface's plane with random ones. */
    public AnalysisOptions withPlanes(RandomPlanes planes) {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                curvature,
                quantities,
                keepDirections,
                keepWeights,
                plane,
                fixedPlane,
                tolerance,
                Optional.of(planes));
    }

    /** The kind of plane; a new source where it is of random directions. */
    public DirectionSource source() {
        return plane.orElseGet(() -> new RandomDirections(seed, directions));
    }
}
