package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.Normalization;
import org.thalweg.direction.RandomDirections;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.surface.Grid;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of the follow command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FollowOptions {

    private static final int DEFAULT_POINTS = 25;

    @Parameters(
            paramLabel = "CHECKPOINTS",
            description = {
                "Folder of the networks: files of CheckpointListener, of early stopping, others by ModelSerializer"
                        + " (.zip,",
                ".bin), or a run with recorded weights. Their own counts of iterations order them."
            })
    Path folder;

    @Mixin
    DataOptions data;

    @Mixin
    ClassOptions classes;

    @Option(
            names = "--plane",
            paramLabel = "KIND",
            description = {
                "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}), through each network.",
                "eigen: the Hessian's two largest eigenvectors; eigen-ends: the largest and the smallest."
            },
            defaultValue = "random")
    Plane kind;

    @Option(names = "--fixed-plane", description = "Use the first network's plane in all frames; records the weights.")
    boolean fixedPlane;

    @Mixin
    DirectionsAndGrid plane;

    @Option(names = "--all-points", description = "Compute all points of the surfaces, and interpolate none.")
    boolean allPoints;

    @Option(
            names = "--eigenvalues",
            paramLabel = "K",
            description =
                    "Number of eigenvalues at each end of the Hessian's spectrum (default: ${DEFAULT-VALUE}); 0 for"
                            + " none.",
            defaultValue = "1")
    int eigenvalues;

    @Option(
            names = "--density",
            description = "Also compute the density of all eigenvalues, which takes 800 more products.")
    boolean density;

    @Mixin
    FunctionOptions function;

    @Option(
            names = "--save-weights",
            description = "Record the weights in the run as well: films then draw the minimizer's path.")
    boolean saveWeights;

    @Option(
            names = "--save-directions",
            description = "Record the directions, so that others can recompute the surfaces.")
    boolean saveDirections;

    @Option(names = "--no-film", description = "Make neither landscape.mp4 nor landscape.html at the end.")
    boolean noFilm;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "Stop after M minutes, once the current frame is done; the same command continues the run.")
    @Nullable
    Double minutes;

    @Mixin
    DeviceOption on;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "RUN",
            description = "Run directory to write. If the same command has begun it, it is continued.",
            required = true)
    Path output;

    /** Kinds of planes through a single network. */
    enum Plane {
        RANDOM,
        EIGEN,
        EIGEN_ENDS;

        @Override
        public String toString() {
            return kind().toString();
        }

        PlaneType kind() {
            return PlaneType.valueOf(name());
        }
    }

    /**
     * Refuses contradictory options.
     *
     * @throws IllegalArgumentException naming a wrong option
     */
    void check() {
        data.check();
        function.check();
        if (eigenvalues < 0 || eigenvalues > EigenvalueQuery.MOST) {
            throw new IllegalArgumentException(
                    "--eigenvalues must be from 0 to " + EigenvalueQuery.MOST + ", got " + eigenvalues);
        }
        if (density && eigenvalues == 0) {
            throw new IllegalArgumentException("--density needs the ends of the spectrum: remove --eigenvalues 0");
        }
        if (minutes != null && !(minutes > 0 && Double.isFinite(minutes))) {
            throw new IllegalArgumentException("--minutes must be positive and finite, got " + minutes);
        }
    }

    /**
     * The points of each frame.
     *
     * @throws IllegalArgumentException without the option's name
     */
    Grid grid() {
        PlaneRange range = plane.range == null ? kind.kind().range() : plane.range;
        return range.grid(plane.points == null ? DEFAULT_POINTS : plane.points).requireCenter();
    }

    /** The surface of each frame. */
    SurfaceOptions surface(Grid grid) {
        SurfaceOptions adaptive = SurfaceOptions.DEFAULT.withGrid(grid).withFixedPlane(fixedPlane);
        SurfaceOptions surface = allPoints ? adaptive.withAllPoints() : adaptive;
        if (kind == Plane.RANDOM && !plane.orthogonal) {
            return surface.withSeed(plane.seed).withDirections(plane.directions(Normalization.FILTER));
        }
        DirectionSource source = kind == Plane.RANDOM
                ? new RandomDirections(plane.seed, plane.directions(Normalization.FILTER))
                : scaled(new EigenvectorDirections(
                        kind == Plane.EIGEN
                                ? EigenvectorDirections.Ends.LARGEST_TWO
                                : EigenvectorDirections.Ends.LARGEST_AND_SMALLEST,
                        Lanczos.DEFAULT,
                        CurvatureOptions.UNTIMED.eigenvalues().budget()));
        return surface.withDirections(DirectionOptions.DEFAULT.withKeepPruned(plane.keepPruned))
                .withPlane(plane.orthogonal ? source.orthogonalized() : source);
    }

    private DirectionSource scaled(DirectionSource source) {
        return plane.normalize == null ? source : source.scaled(plane.directions(Normalization.NONE));
    }

    /** The curvature of each frame, as a listener's but without a limit of time; empty for none. */
    Optional<CurvatureOptions> curvature() {
        if (eigenvalues == 0) {
            return Optional.empty();
        }
        CurvatureOptions curvature = CurvatureOptions.UNTIMED.withEigenvalues(eigenvalues);
        return Optional.of(density ? curvature.withDensity(SpectralDensityOptions.DEFAULT) : curvature);
    }

    /** Whether the run records the weights. */
    boolean weights() {
        return saveWeights || fixedPlane;
    }
}
