package org.thalweg.demo;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every scenario has: how long to train, what to look at, and where it goes. */
public final class TrainingOptions {

    private static final int DEFAULT_EPOCHS = 3;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs to train (default: 3, or what --iterations needs).")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--iterations", paramLabel = "N", description = "End training after N iterations.")
    private Optional<Integer> iterations = Optional.empty();

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
            description = "All frames on the first one's plane, instead of following the minimizer.")
    private boolean fixedPlane;

    @Option(
            names = "--probe",
            paramLabel = "N",
            defaultValue = "512",
            description = "Training images on which surface and eigenvalues are computed (default: ${DEFAULT-VALUE}).")
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
            description = "Also look at each layer by itself in every frame: 40 products or more a layer.")
    private boolean layers;

    @Option(
            names = "--gauss-newton",
            description = "Also look at the Gauss-Newton matrix in every frame: 40 products or more.")
    private boolean gaussNewton;

    @Option(
            names = "--watch-steps",
            description =
                    "Also what the last step before a frame tells: the curvature along it, Cockpit's alpha, the edge"
                            + " of stability of Adam. Copies the parameters once more, and the updater's state.")
    private boolean watchSteps;

    @Option(
            names = "--budget",
            paramLabel = "B",
            description =
                    "Share of wall time that frames may take, 0.05 say: they get sparser and coarser where it takes"
                            + " that (default: all frames in full).")
    private Optional<Double> budget = Optional.empty();

    @Option(names = "--inline", description = "Training waits for each frame, instead of going on beside it.")
    private boolean inline;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "12345",
            description = "Seed of weights, batches, probe and directions (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run, new or empty (default: runs/SCENARIO-DATE-TIME).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Go on with the run in this directory, from the model that it saved after its last whole epoch or"
                            + " at its end. What it was begun with must be given again.")
    private Optional<Path> resume = Optional.empty();

    @Option(names = "--save-weights", description = "Keep the weights of every frame.")
    private boolean saveWeights;

    @Option(names = "--save-directions", description = "Keep the directions of every frame.")
    private boolean saveDirections;

    @Option(
            names = "--metrics-port",
            paramLabel = "P",
            description = "Serve /metrics for Prometheus on this port of the loopback interface while training;"
                    + " 0 for any free one.")
    private Optional<Integer> metricsPort = Optional.empty();

    @Option(
            names = "--no-film",
            description = "Leave out the films at the end: landscape.mp4 and landscape.gif in the run's directory.")
    private boolean noFilm;

    @Option(
            names = "--page-port",
            paramLabel = "P",
            description = "Serve the page that shows the run while it trains on this port of the loopback interface"
                    + " (default: any free one).")
    private Optional<Integer> pagePort = Optional.empty();

    @Option(names = "--no-page", description = "Serve no page.")
    private boolean noPage;

    @Option(names = "--no-landscape", description = "Train without Thalweg, to compare.")
    private boolean noLandscape;

    /**
     * Refuses values that cannot be meant.
     *
     * @throws ParameterException names the option, the value and what is expected
     */
    public void check() {
        epochs.ifPresent(n -> require(n >= 1, "--epochs must be at least 1, got " + n));
        iterations.ifPresent(n -> require(n >= 1, "--iterations must be at least 1, got " + n));
        everyEpochs.ifPresent(n -> require(n >= 1, "--every must be at least 1, got " + n));
        everyIterations.ifPresent(n -> require(n >= 1, "--every-iterations must be at least 1, got " + n));
        require(
                everyEpochs.isEmpty() || everyIterations.isEmpty(),
                "--every counts epochs and --every-iterations iterations: give one of them, got both");
        require(
                grid >= 3 && grid % 2 == 1,
                "--grid must be odd and at least 3, so that the minimizer is a grid point, got " + grid);
        require(range > 0 && Double.isFinite(range), "--range must be positive, got " + range);
        require(
                !fixedPlane || plane != MonitoredPlane.GRADIENT,
                "--fixed-plane keeps the plane before training, when there is no last step for --plane gradient: leave one of"
                        + " them out");
        require(probe >= 1, "--probe must be at least 1, got " + probe);
        require(eigenvalues >= 0, "--eigenvalues must not be negative, got " + eigenvalues);
        require(
                eigenvalues > 0 || !(trace || density || layers || gaussNewton),
                "--trace, --density, --layers and --gauss-newton come with eigenvalues: --eigenvalues must be at least 1,"
                        + " got 0");
        require(
                resume.isEmpty() || out.isEmpty(),
                "--resume goes on in the run's own directory, and --out begins another one: give one of them, got both");
        budget.ifPresent(b -> require(b > 0 && b <= 1, "--budget must be a share in (0, 1], 0.05 say, got " + b));
        metricsPort.ifPresent(p -> require(p >= 0 && p <= 65535, "--metrics-port must be 0 to 65535, got " + p));
        pagePort.ifPresent(p -> require(p >= 0 && p <= 65535, "--page-port must be 0 to 65535, got " + p));
        require(
                pagePort.isEmpty() || (!noLandscape && !noPage),
                "--page-port has nothing to serve with --no-landscape or --no-page: leave one of them out");
        require(
                metricsPort.isEmpty() || !noLandscape,
                "--metrics-port has nothing to serve with --no-landscape: leave one of them out");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            if (command == null) {
                throw new IllegalArgumentException(otherwise);
            }
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }

    /**
     * How many iterations to train.
     *
     * @param perEpoch iterations an epoch
     */
    long totalIterations(int perEpoch) {
        long ofEpochs = epochs.map(n -> (long) n * perEpoch)
                .orElse(iterations.isPresent() ? Long.MAX_VALUE : (long) DEFAULT_EPOCHS * perEpoch);
        return iterations.map(n -> Math.min(n, ofEpochs)).orElse(ofEpochs);
    }

    /** Epochs between frames, unless iterations are counted. */
    int everyEpochs() {
        return everyEpochs.orElse(1);
    }

    /** Iterations between frames, if they are what is counted. */
    Optional<Integer> everyIterations() {
        return everyIterations;
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

    /** Whether all frames are on the first one's plane. */
    boolean fixedPlane() {
        return fixedPlane;
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

    boolean gaussNewton() {
        return gaussNewton;
    }

    /** Whether the last step before a frame is kept, as a plane through it needs. */
    boolean watchSteps() {
        return watchSteps || plane == MonitoredPlane.GRADIENT;
    }

    /** Share of wall time that frames may take, if it is limited. */
    Optional<Double> budget() {
        return budget;
    }

    /** Whether training waits for each frame. */
    boolean inline() {
        return inline;
    }

    /** Seed of everything random. */
    public long seed() {
        return seed;
    }

    Optional<Path> out() {
        return out;
    }

    /** The run to go on with, if there is one. */
    Optional<Path> resume() {
        return resume;
    }

    boolean saveWeights() {
        return saveWeights;
    }

    boolean saveDirections() {
        return saveDirections;
    }

    Optional<Integer> metricsPort() {
        return metricsPort;
    }

    /** Whether there is something to make films of, and they are wanted. */
    boolean films() {
        return landscape() && !noFilm;
    }

    /** Where the page is served, 0 for any free port; empty for no page. */
    Optional<Integer> pagePort() {
        return noPage || noLandscape ? Optional.empty() : Optional.of(pagePort.orElse(0));
    }

    boolean landscape() {
        return !noLandscape;
    }
}
