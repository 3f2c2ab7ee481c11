package org.thalweg.cli;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.ConvexityMap;
import org.thalweg.analysis.RandomPlanes;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.CheckpointDirections;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.EigenvectorDirections.Ends;
import org.thalweg.direction.InterpolationDirections;
import org.thalweg.direction.Normalization;
import org.thalweg.direction.PlaneProjection;
import org.thalweg.direction.PlaneProjection.Projected;
import org.thalweg.direction.PrincipalComponents;
import org.thalweg.direction.PrincipalDirections;
import org.thalweg.direction.RandomDirections;
import org.thalweg.krylov.Lanczos;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.surface.TrajectoryGrid;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Creates the directions and grids of the command line's options. */
final class Planes {

    private static final int DEFAULT_POINTS = 25;
    private static final int DEFAULT_LINE_POINTS = 51;

    private final PlaneOptions options;
    private final PlaneType kind;

    Planes(PlaneOptions options, PlaneType kind) {
        this.options = options;
        this.kind = kind;
    }

    /**
     * Checks the coordinates before anything is read.
     *
     * @throws ParameterException naming the wrong value
     */
    static void check(CommandSpec spec, AnalyzeOptions options) {
        Planes planes = new Planes(options.plane, options.plane.kind(options.models.size()));
        Usage.checked(spec, "--range", () -> planes.range().grid(DEFAULT_POINTS));
        Usage.checked(spec, "--grid", () -> options.plane.line ? planes.line() : planes.grid());
        Usage.checked(
                spec, "--planes", () -> Optional.ofNullable(options.planes).map(RandomPlanes::of));
        Usage.checked(spec, "--convexity", () -> {
            if (options.convexity != null) {
                ConvexityMap.requireAmong(planes.points(), options.convexity);
            }
            return planes;
        });
    }

    /**
     * The directions.
     *
     * @param models trainable parameters of all models, packed
     */
    DirectionSource source(List<INDArray> models) {
        DirectionSource source = switch (kind) {
            case RANDOM -> random();
            case EIGEN -> scaled(eigenvectors(Ends.LARGEST_TWO));
            case EIGEN_ENDS -> scaled(eigenvectors(Ends.LARGEST_AND_SMALLEST));
            case PCA -> scaled(new PrincipalDirections(PrincipalComponents.of(models, 2)));
            case INTERPOLATE -> new InterpolationDirections(models.get(1), random());
            case THREE -> new CheckpointDirections(models.get(1), models.get(2));
        };
        return options.orthogonal ? source.orthogonalized() : source;
    }

    private DirectionSource random() {
        return new RandomDirections(options.seed, options.directions(Normalization.FILTER));
    }

    private static DirectionSource eigenvectors(Ends ends) {
        return new EigenvectorDirections(
                ends, Lanczos.DEFAULT, CurvatureOptions.UNTIMED.eigenvalues().budget());
    }

    private DirectionSource scaled(DirectionSource source) {
        return options.normalize == null ? source : source.scaled(options.directions(Normalization.NONE));
    }

    /**
     * The given grid; empty if it depends on the models' places.
     *
     * @throws IllegalArgumentException if it is invalid or lacks the model that it must surround
     */
    Optional<Grid> grid() {
        Grid grid = range().grid(points());
        if (kind == PlaneType.PCA && options.range == null) {
            return Optional.empty();
        }
        return Optional.of(kind.surroundsModel() ? grid.requireCenter() : grid);
    }

    private PlaneRange range() {
        return options.range == null ? kind.range() : options.range;
    }

    /** A grid that holds all models. */
    Grid holding(List<INDArray> models, INDArray origin, DirectionPair directions) {
        PlaneProjection projection = new PlaneProjection(origin, directions);
        List<Projected> places = models.stream().map(projection::project).toList();
        return TrajectoryGrid.holding(
                places.stream().mapToDouble(Projected::alpha).toArray(),
                places.stream().mapToDouble(Projected::beta).toArray(),
                points());
    }

    /** The grid of a line. */
    Axis line() {
        double[] range = range().alpha();
        return new Axis(range[0], range[1], options.points == null ? DEFAULT_LINE_POINTS : options.points);
    }

    private int points() {
        return options.points == null ? DEFAULT_POINTS : options.points;
    }
}
