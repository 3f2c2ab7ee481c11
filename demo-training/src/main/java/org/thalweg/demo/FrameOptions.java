package org.thalweg.demo;

import java.util.Optional;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.objective.Device;
import org.thalweg.surface.Grid;
import picocli.CommandLine.Option;

/** The times and contents of frames. */
final class FrameOptions {

    @Option(names = "--every", paramLabel = "N", description = "A frame every N epochs (default: 1).")
    private Optional<Integer> everyEpochs = Optional.empty();

    @Option(names = "--every-iterations", paramLabel = "N", description = "A frame every N iterations instead.")
    private Optional<Integer> everyIterations = Optional.empty();

    @Option(
            names = "--grid",
            paramLabel = "N",
            defaultValue = "25",
            description = "Points a side of the surface, odd (default: ${DEFAULT-VALUE}).")
    private int grid;

    @Option(
            names = "--range",
            paramLabel = "R",
            defaultValue = "1.0",
            description = "The surface reaches from -R to R along both directions (default: ${DEFAULT-VALUE}).")
    private double range;

    @Option(
            names = "--plane",
            paramLabel = "KIND",
            defaultValue = "random",
            description = {
                "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
                "eigen: the Hessian's two largest eigenvectors; eigen-ends: the largest and the smallest;",
                "gradient: steepest descent and the last step."
            })
    private MonitoredPlane plane = MonitoredPlane.RANDOM;

    @Option(
            names = "--fixed-plane",
            description = "Keep all frames on the first frame's plane, instead of following the minimizer.")
    private boolean fixedPlane;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "0.005",
            description =
                    "Points are computed where interpolation would be off by more than this share of the drawn range"
                            + " (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(names = "--all-points", description = "Compute all points of the surface instead.")
    private boolean allPoints;

    @Option(
            names = "--keep-pruned",
            description = "Keep weights that are exactly zero at zero on the plane, and leave them out of the Hessian.")
    private boolean keepPruned;

    @Option(
            names = "--probe",
            paramLabel = "N",
            defaultValue = "512",
            description =
                    "Training examples on which surface and eigenvalues are computed (default: ${DEFAULT-VALUE}).")
    private int probe;

    @Option(
            names = "--eigenvalues",
            paramLabel = "K",
            defaultValue = "1",
            description = "Hessian eigenvalues at each end of the spectrum, 0 for none (default: ${DEFAULT-VALUE}).")
    private int eigenvalues;

    @Option(names = "--trace", description = "Estimate the trace of the Hessian in every frame: 50 products more.")
    private boolean trace;

    @Option(
            names = "--density",
            description = "Estimate the density of the Hessian's eigenvalues in every frame: 800 products more.")
    private boolean density;

    @Option(
            names = "--layers",
            description = "Also compute each layer's own spectrum in every frame: 40 products or more a layer.")
    private boolean layers;

    @Option(
            names = "--gauss-newton",
            description = "Also compute the spectrum of the Gauss-Newton matrix in every frame: 40 products or more.")
    private boolean gaussNewton;

    @Option(
            names = "--classes",
            description = "Also compute loss, accuracy and share in the largest eigenvalues by class: a product each.")
    private boolean classes;

    @Option(
            names = "--planes",
            paramLabel = "K",
            description = "Also compare each frame's plane with K random ones: 81 more points for each.")
    private Optional<Integer> planes = Optional.empty();

    @Option(
            names = "--watch-steps",
            description =
                    "Also compute the quantities of the last step before a frame: the curvature along it, Cockpit's"
                            + " alpha, the edge of stability of Adam. Needs another copy of the parameters and of the"
                            + " updater's state.")
    private boolean watchSteps;

    @Option(
            names = "--budget",
            paramLabel = "B",
            description =
                    "Share of wall time that frames may take, such as 0.05: they get sparser and coarser as needed"
                            + " (default: all frames in full).")
    private Optional<Double> budget = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = {
                "Where frames are computed: auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).",
                "auto takes a usable GPU, cuda all of its model, cuda:N one."
            })
    private Device device = Device.AUTO;

    @Option(names = "--inline", description = "Training waits for each frame, instead of continuing in the meantime.")
    private boolean inline;

    @Option(names = "--save-weights", description = "Keep the weights of every frame.")
    private boolean saveWeights;

    @Option(names = "--save-directions", description = "Keep the directions of every frame.")
    private boolean saveDirections;

    /** Throws unless a condition holds. */
    @FunctionalInterface
    interface Requirement {
        void require(boolean holds, String otherwise);
    }

    /** Checks all values; a message names the option, the value and what is expected. */
    void check(Requirement requirement) {
        everyEpochs.ifPresent(n -> requirement.require(n >= 1, "--every must be at least 1, got " + n));
        everyIterations.ifPresent(n -> requirement.require(n >= 1, "--every-iterations must be at least 1, got " + n));
        planes.ifPresent(n -> requirement.require(n >= 2, "--planes must be at least 2, for a spread, got " + n));
        requirement.require(
                everyEpochs.isEmpty() || everyIterations.isEmpty(),
                "--every counts epochs and --every-iterations iterations: give one of them, got both");
        requirement.require(
                grid >= 3 && grid % 2 == 1,
                "--grid must be odd and at least 3, so that the minimizer is a grid point, got " + grid);
        requirement.require(range > 0 && Double.isFinite(range), "--range must be positive, got " + range);
        require(
                requirement,
                "--grid and --range: ",
                () -> Grid.square(grid, range).requireCenter());
        require(requirement, "--tolerance: ", () -> SurfaceInterpolation.requireTolerance(tolerance));
        requirement.require(
                !fixedPlane || plane != MonitoredPlane.GRADIENT,
                "--fixed-plane keeps the plane before training, when --plane gradient has no last step yet: leave one"
                        + " of them out");
        requirement.require(probe >= 1, "--probe must be at least 1, got " + probe);
        requirement.require(eigenvalues >= 0, "--eigenvalues must not be negative, got " + eigenvalues);
        if (eigenvalues > 0) {
            require(requirement, "--eigenvalues: ", () -> EigenvalueQuery.ofEachEnd(eigenvalues));
        }
        requirement.require(
                eigenvalues > 0 || !(trace || density || layers || gaussNewton || classes),
                "--trace, --density, --layers, --gauss-newton and --classes come with eigenvalues: --eigenvalues must"
                        + " be at least 1, got 0");
        budget.ifPresent(b ->
                requirement.require(b > 0 && b <= 1, "--budget must be a share in (0, 1], such as 0.05, got " + b));
    }

    /** The library's checks run before anything is read or written. */
    private static void require(Requirement requirement, String option, Runnable value) {
        try {
            value.run();
        } catch (IllegalArgumentException e) {
            requirement.require(false, option + e.getMessage());
        }
    }

    /** Epochs between frames, unless {@link #everyIterations} is present. */
    int everyEpochs() {
        return everyEpochs.orElse(1);
    }

    /** Iterations between frames, if frames follow iterations. */
    Optional<Integer> everyIterations() {
        return everyIterations;
    }

    Device device() {
        return device;
    }

    int grid() {
        return grid;
    }

    double range() {
        return range;
    }

    MonitoredPlane plane() {
        return plane;
    }

    double tolerance() {
        return tolerance;
    }

    /** Whether no point is interpolated. */
    boolean allPoints() {
        return allPoints;
    }

    /** Whether all frames are on the first one's plane. */
    boolean fixedPlane() {
        return fixedPlane;
    }

    /** Whether weights that are zero stay zero on the plane and are no part of the Hessian. */
    boolean keepPruned() {
        return keepPruned;
    }

    int probe() {
        return probe;
    }

    int eigenvalues() {
        return eigenvalues;
    }

    boolean trace() {
        return trace;
    }

    boolean density() {
        return density;
    }

    boolean layers() {
        return layers;
    }

    /** Whether frames have values by class. */
    boolean classes() {
        return classes;
    }

    /** Number of random planes to compare each frame's with. */
    Optional<Integer> planes() {
        return planes;
    }

    boolean gaussNewton() {
        return gaussNewton;
    }

    /** Whether the last step before a frame is kept, as the plane {@code gradient} needs. */
    boolean watchSteps() {
        return watchSteps || plane == MonitoredPlane.GRADIENT;
    }

    /** Share of wall time that frames may take, if limited. */
    Optional<Double> budget() {
        return budget;
    }

    /** Whether training waits for each frame. */
    boolean inline() {
        return inline;
    }

    boolean saveWeights() {
        return saveWeights;
    }

    boolean saveDirections() {
        return saveDirections;
    }
}
