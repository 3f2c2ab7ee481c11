package org.thalweg.listener;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.FrameAnalysis;
import org.thalweg.analysis.SurfaceObjectives;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.Normalization;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.metrics.FrameMetrics;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveFactory;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.network.Constraints;
import org.thalweg.objective.setup.Backend;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.RunRecorder;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;

/**
 * Describes a {@link LandscapeListener}. Only {@link #probe} is required. Setters refuse bad values at once;
 * {@link #build()} checks the rest and takes the frame before training, so that what is wrong shows there and not in
 * training. Not thread-safe; good for one listener.
 */
public final class LandscapeListenerBuilder {

    private static final Logger log = LoggerFactory.getLogger(LandscapeListener.class);

    private final Model model;
    private final List<FrameSink> sinks = new ArrayList<>();
    private @Nullable Probe probe;
    private @Nullable Probe validation;
    private Schedule schedule = Schedule.everyEpochs(1);
    private Grid grid = Grid.DEFAULT;
    private DirectionOptions directions = DirectionOptions.DEFAULT;
    private @Nullable DirectionSource plane;
    private boolean fixedPlane;
    private ObjectiveOptions objective = ObjectiveOptions.DEFAULT;
    private boolean exactOnly;
    private @Nullable ObjectiveFactory objectives;
    private long seed = 12345;
    private CurvatureOptions curvature = CurvatureOptions.DEFAULT.withEigenvalues(1);
    private boolean withCurvature = true;
    private List<CurvatureQuantity> quantities = CurvatureQuantity.all();
    private boolean watchSteps;
    private boolean saveDirections;
    private boolean saveWeights;
    private @Nullable String run;
    private @Nullable Path directory;
    private boolean discardsLater;
    private @Nullable MeterRegistry registry;
    private boolean inline;
    private int queueCapacity = 1;
    private OnBusy onBusy = OnBusy.SKIP;
    private OptionalDouble overheadBudget = OptionalDouble.empty();
    private Duration sinkLimit = Duration.ofMinutes(1);
    private Duration closeLimit = Duration.ofMinutes(10);

    LandscapeListenerBuilder(Model model) {
        WatchedNetwork.iterations(model);
        if (model.params() == null) {
            throw new IllegalArgumentException("network has no parameters yet: call init() before building a listener");
        }
        this.model = model;
    }

    /** The fixed sample on which loss and curvature are measured. Required. */
    public LandscapeListenerBuilder probe(Probe probe) {
        this.probe = probe;
        return this;
    }

    /** A second sample, on which the surface is measured too. */
    public LandscapeListenerBuilder validation(Probe validation) {
        this.validation = validation;
        return this;
    }

    /** When frames are taken; every epoch by default. */
    public LandscapeListenerBuilder schedule(Schedule schedule) {
        this.schedule = schedule;
        return this;
    }

    /** Points a side of a square surface, odd; 25 by default. */
    public LandscapeListenerBuilder grid(int points) {
        return grid(Grid.square(points, grid.alpha().to()));
    }

    /** Half width of the surface along both axes, in units of the directions; 1 by default. */
    public LandscapeListenerBuilder range(double range) {
        return grid(new Grid(
                Axis.symmetric(grid.alpha().points(), range),
                Axis.symmetric(grid.beta().points(), range)));
    }

    /** Any grid that has the minimizer among its points. */
    public LandscapeListenerBuilder grid(Grid grid) {
        this.grid = grid.requireCenter();
        return this;
    }

    /**
     * The kind of plane; two random directions by default. Options of random directions do not apply to another kind:
     * {@link DirectionSource#scaled} and {@link DirectionSource#orthogonalized} do.
     */
    public LandscapeListenerBuilder plane(DirectionSource plane) {
        this.plane = plane;
        return this;
    }

    /**
     * Whether all frames are on the plane of the first one, instead of following the minimizer: each then tells where on it
     * the minimizer is, how far beside it, and how much loss that conceals. Off by default. A run that is to be continued
     * needs {@code saveWeights(true)}.
     */
    public LandscapeListenerBuilder fixedPlane(boolean fixed) {
        this.fixedPlane = fixed;
        return this;
    }

    /** How random directions are scaled; by filter by default. */
    public LandscapeListenerBuilder normalization(Normalization normalization) {
        return directions(directions.withNormalization(normalization));
    }

    /** All about the scale of random directions. */
    public LandscapeListenerBuilder directions(DirectionOptions directions) {
        this.directions = directions;
        return this;
    }

    /** State of the network that is looked at; {@link ObjectiveMode#RUNNING} by default. */
    public LandscapeListenerBuilder mode(ObjectiveMode mode) {
        return objective(objective.withMode(mode));
    }

    /** All about the function that is looked at. */
    public LandscapeListenerBuilder objective(ObjectiveOptions objective) {
        this.objective = objective;
        return this;
    }

    /**
     * Who makes the objective, instead of this machine alone: a cluster. The listener closes neither the maker nor what is
     * shared through it.
     */
    public LandscapeListenerBuilder objectives(ObjectiveFactory objectives) {
        this.objectives = objectives;
        return this;
    }

    /** Refuses networks whose Hessian products would be finite differences. */
    public LandscapeListenerBuilder exactOnly() {
        this.exactOnly = true;
        return this;
    }

    /** Seed of random directions; 12345 by default. */
    public LandscapeListenerBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** How many eigenvalues of each end; 1 by default, 0 for no curvature at all. */
    public LandscapeListenerBuilder eigenvalues(int eachEnd) {
        this.withCurvature = eachEnd != 0;
        return withCurvature ? curvature(curvature.withEigenvalues(eachEnd)) : this;
    }

    /** The trace of the Hessian of each frame, beside the eigenvalues; {@link TraceOptions#DEFAULT} is 50 products. */
    public LandscapeListenerBuilder trace(TraceOptions trace) {
        return curvature(curvature.withTrace(trace));
    }

    /** The spectral density of each frame, beside the eigenvalues; {@link SpectralDensityOptions#DEFAULT} is 800 products. */
    public LandscapeListenerBuilder density(SpectralDensityOptions density) {
        return curvature(curvature.withDensity(density));
    }

    /** Whether each layer's diagonal block of the Hessian is looked at, too: a Lanczos run a layer. */
    public LandscapeListenerBuilder layers(boolean layers) {
        return curvature(curvature.withLayers(layers));
    }

    /** Whether the Gauss-Newton matrix is looked at, too: a Lanczos run. */
    public LandscapeListenerBuilder gaussNewton(boolean gaussNewton) {
        return curvature(curvature.withGaussNewton(gaussNewton));
    }

    /** All about the curvature. */
    public LandscapeListenerBuilder curvature(CurvatureOptions curvature) {
        this.curvature = curvature;
        return this;
    }

    /** What else is said of the landscape in a number each; all that are on the class path by default. */
    public LandscapeListenerBuilder quantities(List<CurvatureQuantity> quantities) {
        this.quantities = List.copyOf(quantities);
        return this;
    }

    /**
     * Whether quantities of the last step before a frame are computed (the curvature along it, Cockpit's alpha), and the
     * edge of stability of Adam, AMSGrad, RMSProp and AdaGrad. It takes a copy of the parameters at the iteration before
     * each frame and one of the updater's second moments, both for as long as the frame waits and is in work, and another
     * Lanczos run a frame. Off by default.
     */
    public LandscapeListenerBuilder watchSteps(boolean watch) {
        this.watchSteps = watch;
        return this;
    }

    /** Whether each frame's directions are recorded, so that others can compute its surface again. */
    public LandscapeListenerBuilder saveDirections(boolean save) {
        this.saveDirections = save;
        return this;
    }

    /** Whether each frame's weights are recorded. */
    public LandscapeListenerBuilder saveWeights(boolean save) {
        this.saveWeights = save;
        return this;
    }

    /** Name of the run, the {@code run} tag of its meters; that of the run directory by default. */
    public LandscapeListenerBuilder run(String name) {
        this.run = name;
        return this;
    }

    /**
     * Records the run into a directory, which is made. One that holds a run is continued, if that one is of the same
     * network, probe and options, and none of its frames is later than the network is now; it is refused otherwise.
     */
    public LandscapeListenerBuilder recordTo(Path directory) {
        this.directory = directory;
        return this;
    }

    /**
     * Whether a run that is continued loses the frames that are later than the network is now, instead of being refused for
     * them: those that a killed process recorded after it had saved its model. They are deleted when the listener has been
     * built, and none if it is not. Off by default.
     */
    public LandscapeListenerBuilder discardLaterFrames(boolean discard) {
        this.discardsLater = discard;
        return this;
    }

    /** Publishes every frame as meters. */
    public LandscapeListenerBuilder meterRegistry(MeterRegistry registry) {
        this.registry = registry;
        return this;
    }

    /** Adds a receiver of frames; it is closed with the listener. */
    public LandscapeListenerBuilder sink(FrameSink sink) {
        sinks.add(sink);
        return this;
    }

    /** Computes frames on the training thread, which waits for them. */
    public LandscapeListenerBuilder inline() {
        this.inline = true;
        return this;
    }

    /** What to do when frames take longer than the schedule allows; {@link OnBusy#SKIP} by default. */
    public LandscapeListenerBuilder onBusy(OnBusy onBusy) {
        this.onBusy = onBusy;
        return this;
    }

    /** How many snapshots may wait for the worker; 1 by default. */
    public LandscapeListenerBuilder queueCapacity(int snapshots) {
        if (snapshots < 1) {
            throw new IllegalArgumentException("queue capacity must be at least 1, got " + snapshots);
        }
        this.queueCapacity = snapshots;
        return this;
    }

    /**
     * Share of training's wall time that frames may take, the worker's time counted in full, since it shares the cores with
     * training: 0.05 say; half of it until what came before training is paid off. Frames are left out, and where that would
     * tear gaps, get a coarser grid, then a smaller probe, then fewer Hessian products, and at last none; such a frame says
     * so. {@code capture} and the frames of a run without a budget are made in full.
     *
     * @param share in (0, 1]; no limit by default
     */
    public LandscapeListenerBuilder overheadBudget(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("overhead budget must be a share in (0, 1], 0.05 say, got " + share);
        }
        this.overheadBudget = OptionalDouble.of(share);
        return this;
    }

    /**
     * How long a frame may stay with one receiver, a hanging disk say, before the others and the next frame are served
     * without it; 1 minute by default.
     */
    public LandscapeListenerBuilder sinkLimit(Duration limit) {
        this.sinkLimit = positive("sink limit", limit);
        return this;
    }

    /**
     * How long {@code close()} waits for frames in work before it lets them end where they are, and then for each
     * receiver; 10 minutes by default.
     */
    public LandscapeListenerBuilder closeLimit(Duration limit) {
        this.closeLimit = positive("close limit", limit);
        return this;
    }

    private static Duration positive(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(what + " must be positive, got " + limit);
        }
        return limit;
    }

    /**
     * Checks everything, takes the frame before training on the calling thread, and says once in the log what is
     * watched, on what, and what a frame costs.
     *
     * @return the listener; add it to the network
     * @throws IllegalStateException if there is no probe, or a sink cannot start: the run directory cannot be used, say
     * @throws IllegalArgumentException if the probe does not fit the network
     * @throws UnsupportedNetworkException if a layer keeps the network from being the function that is asked for: {@link
     *     #exactOnly()}, or {@code TRAINING} of layers that draw anew at every pass
     * @throws UnusableBackendException if ND4J's kernels do not run on this machine's GPU
     */
    public LandscapeListener build() {
        BackendCheck.require();
        if (probe == null) {
            throw new IllegalStateException(
                    "a probe is required: .probe(Probe.of(dataSet)) or .probe(Probe.sample(iterator, 512, seed))");
        }
        OverheadGovernor governor = governor(probe);
        long iteration = WatchedNetwork.iterations(model);
        if (directory != null) {
            sinks.add(
                    0,
                    discardsLater
                            ? RunRecorder.rewinding(directory, iteration)
                            : new RunRecorder(directory, iteration));
        }
        if (registry != null) {
            sinks.add(new FrameMetrics(registry, runName()));
        }
        ObjectiveChoice choice = objectiveChoice(probe);
        Objective train = choice.objective();
        Objective validated = validation == null ? null : train.withProbe(validation);
        AnalysisOptions options = analysisOptions();
        SurfaceObjectives trainSurface = SurfaceObjectives.of(train, probe);
        SurfaceObjectives validationSurface =
                validated == null || validation == null ? null : SurfaceObjectives.of(validated, validation);
        SinkGroup group = new SinkGroup(sinks, sinkLimit, closeLimit);
        FrameAnalysis analysis = new FrameAnalysis(trainSurface, validationSurface, options);
        if (directory != null && (fixedPlane || options.source().usesFirstFrame())) {
            FirstFrameWeights.read(directory, iteration).ifPresent(analysis::beginAt);
        }
        Optional<Constraints> constraints = Constraints.of(model);
        FrameWorker worker = new FrameWorker(trainSurface, validationSurface, analysis, constraints, group, governor);
        StepTracker training = new StepTracker(
                schedule,
                new UpdaterReader(train.layout(), watchSteps),
                ObjectiveMismatch.find(model, objective),
                watchSteps,
                constraints.isPresent());

        int epoch = WatchedNetwork.epochs(model);
        Frame first = worker.first(
                SnapshotScheduler.snapshot(model, iteration, epoch), training.state(model, iteration, epoch));
        long frameBytes = FrameMemory.bytes(train, Optional.ofNullable(validated), options, watchSteps);
        Backend backend = Backend.current();
        group.start(ProvenanceCollector.of(
                runName(), backend, model, train, options, objective, schedule, probe, validation));
        log.info(StartupReport.of(runName(), backend, choice, options, objective, schedule, probe, first)
                + StartupReport.limits(model, snapshots(), frameBytes, overheadBudget));
        group.frame(first);
        governor.trainingBegins();

        FramePipeline pipeline = inline
                ? null
                : new FramePipeline(
                        "thalweg-" + runName(), queueCapacity, onBusy, worker::process, worker::skipped, worker::close);
        OnceLogger onceLog = new OnceLogger(log);
        SnapshotScheduler frames = new SnapshotScheduler(
                training,
                worker,
                pipeline,
                governor,
                MemoryHeadroom.forFramesOf(frameBytes),
                closeLimit.toMillis(),
                onceLog,
                iteration);
        return new LandscapeListener(model, schedule, training, frames, onceLog);
    }

    private ObjectiveChoice objectiveChoice(Probe probe) {
        return objectives == null
                ? ObjectiveChoice.of(model, probe, objective, exactOnly)
                : ObjectiveChoice.made(objectives.objective(model, probe, objective), exactOnly);
    }

    private OverheadGovernor governor(Probe probe) {
        int products = analysisOptions()
                .curvature()
                .map(options -> options.lanczos().basisSize())
                .orElse(0);
        return new OverheadGovernor(overheadBudget, new FrameCosts(grid, products), probe.size(), System::nanoTime);
    }

    /** How many snapshots there are at most: in work, waiting, and one that is taken before room is made for it. */
    private int snapshots() {
        if (inline) {
            return 1;
        }
        return queueCapacity + (onBusy == OnBusy.SKIP ? 1 : 2);
    }

    private AnalysisOptions analysisOptions() {
        return new AnalysisOptions(
                grid,
                directions,
                seed,
                withCurvature ? Optional.of(curvature) : Optional.empty(),
                quantities,
                saveDirections,
                saveWeights,
                Optional.ofNullable(plane),
                fixedPlane);
    }

    private String runName() {
        if (run != null) {
            return run;
        }
        if (directory != null) {
            Path name = directory.toAbsolutePath().normalize().getFileName();
            return name == null ? "run" : name.toString();
        }
        return model.getClass().getSimpleName();
    }
}
