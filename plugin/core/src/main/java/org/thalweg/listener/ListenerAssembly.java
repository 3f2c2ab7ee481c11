package org.thalweg.listener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.FrameAnalysis;
import org.thalweg.analysis.MemoryPlan;
import org.thalweg.analysis.SurfaceObjectives;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.NamedArray;
import org.thalweg.metrics.FrameMetrics;
import org.thalweg.objective.Device;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.objective.network.internal.Constraints;
import org.thalweg.objective.setup.Backend;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.RunRecorder;

/**
 * Assembles a listener from its options. Cheap checks come first; if a step fails, everything opened so far is closed.
 * For one listener.
 */
final class ListenerAssembly {

    private static final Logger log = LoggerFactory.getLogger(LandscapeListener.class);

    /** Least number of points of a surface whose time is estimated from a few of them. */
    private static final int WORTH_AN_ESTIMATE = 50;

    private final Model model;
    private final ListenerOptions options;
    private final AnalysisOptions analysisOptions;
    private final PacingOptions pacing;
    private final boolean lastStep;
    private final long iteration;
    private final int epoch;
    private final OnceLogger onceLog = new OnceLogger(log);
    private final Deque<Runnable> opened = new ArrayDeque<>();
    private String run;
    /** The user's sinks; before they are started, all sinks. */
    private SinkGroup sinks;

    ListenerAssembly(Model model, ListenerOptions options) {
        this.model = model;
        this.options = options;
        this.analysisOptions = options.analysis();
        this.pacing = options.pacing();
        this.lastStep = options.quantities().lastStep();
        this.iteration = WatchedNetwork.iterations(model);
        this.epoch = WatchedNetwork.epochs(model);
        this.run = options.run(model);
        this.sinks = group(options.sinks());
    }

    /** See {@link LandscapeListenerBuilder#build()}. */
    LandscapeListener assemble() {
        try {
            return connect();
        } catch (Throwable e) {
            opened.push(sinks::close);
            for (Runnable closing : opened) {
                try {
                    closing.run();
                } catch (RuntimeException | Error another) {
                    e.addSuppressed(another);
                }
            }
            throw e;
        }
    }

    private LandscapeListener connect() {
        Optional<RunRecorder> recorder = options.recording().directory().map(this::recorder);
        Optional<List<NamedArray>> firstWeights = firstWeights();
        BackendCheck.require();
        run = options.registry()
                .map(registry -> RunNames.claim(registry, run, model))
                .orElse(run);
        opened.push(this::releaseName);
        OverheadGovernor governor = governor();
        ObjectiveChoice choice = objective();
        Objective train = choice.objective();
        Optional<Objective> statistics = statistics(train);
        SurfaceObjectives plain = SurfaceObjectives.of(train, options.probe());
        SurfaceObjectives trainSurface = statistics.map(plain::withStatistics).orElse(plain);
        opened.push(trainSurface::close);
        Optional<Objective> validated = options.validation().map(train::withProbe);
        SurfaceObjectives validationSurface = validated
                .map(objective ->
                        SurfaceObjectives.of(objective, options.validation().orElseThrow()))
                .orElse(null);
        if (validationSurface != null) {
            opened.push(validationSurface::close);
        }
        FrameAnalysis analysis = new FrameAnalysis(trainSurface, validationSurface, analysisOptions);
        firstWeights.ifPresent(analysis::beginAt);
        Optional<Constraints> constraints = Constraints.of(model);
        sinks = group(sinks(recorder));
        FrameWorker worker = new FrameWorker(
                trainSurface,
                validationSurface,
                analysis,
                constraints,
                sinks,
                new FindingReporter(options.findingListeners()),
                governor);
        StepTracker training = new StepTracker(
                pacing.schedule(),
                new UpdaterReader(train.layout(), lastStep),
                ObjectiveMismatch.find(model, options.objective()),
                lastStep,
                constraints.isPresent());
        long frameBytes = FrameMemory.bytes(train, validated, statistics, analysisOptions, lastStep);

        Backend backend = Backend.current();
        sinks.start(ProvenanceCollector.of(run, backend, model, train, options));
        log.info(StartupReport.of(run, backend, choice, options, model, frameBytes));
        MemoryHeadroom headroom = headroom(train, validated, statistics, frameBytes);
        MemoryPlan plan = pacing.firstFrame() == FirstFrame.NONE ? MemoryPlan.WHOLE : firstPlan(headroom, worker);
        FrameRequest first = FrameRequest.first(
                SnapshotScheduler.snapshot(model, iteration, epoch),
                training.state(model, iteration, epoch),
                governor.first().withMemory(plan));
        if (pacing.firstFrame() == FirstFrame.IN_BUILD) {
            computeFirst(first, analysis, worker);
        }
        governor.trainingBegins();
        SnapshotScheduler frames = scheduler(training, worker, governor, headroom);
        switch (pacing.firstFrame()) {
            case IN_BUILD -> frames.taken(iteration);
            case IN_BACKGROUND -> frames.takeFirst(first);
            case NONE -> first.close();
        }
        return new LandscapeListener(model, pacing.schedule(), training, frames, onceLog, this::releaseName);
    }

    /** The first frame is never skipped: training, which it must leave memory to, has not begun. */
    private static MemoryPlan firstPlan(MemoryHeadroom headroom, FrameWorker worker) {
        MemoryHeadroom.Room room = headroom.room(true);
        room.shortage().ifPresent(shortage -> {
            log.warn("the first frame is made smaller for lack of memory: {}", shortage);
            worker.reduced();
        });
        return room.plan().orElse(MemoryPlan.SURFACE);
    }

    /** Smaller frames are measured only where they may be needed: that takes another look at the network. */
    private MemoryHeadroom headroom(
            Objective train, Optional<Objective> validated, Optional<Objective> statistics, long frameBytes) {
        Objective small = MemoryHeadroom.mayNeedSmaller(frameBytes) ? MemoryPlan.SMALL_BATCHES.of(train) : train;
        return MemoryHeadroom.forFramesOf(
                FrameMemory.bytes(train, small, validated, statistics, analysisOptions, lastStep));
    }

    private void computeFirst(FrameRequest first, FrameAnalysis analysis, FrameWorker worker) {
        if (options.surface().grid().size() >= WORTH_AN_ESTIMATE) {
            FrameCosts costs = costs();
            costs.expect(analysis.cost(first.snapshot()));
            log.info(StartupReport.estimate(
                    costs.of(first.effort()), options.surface().tolerance().isEmpty()));
        }
        Frame frame = worker.compute(first);
        log.info(StartupReport.cost(frame));
        sinks.frame(frame);
    }

    private SnapshotScheduler scheduler(
            StepTracker training, FrameWorker worker, OverheadGovernor governor, MemoryHeadroom headroom) {
        FramePipeline pipeline = pacing.inline()
                ? null
                : new FramePipeline("thalweg-" + run, pacing.queueCapacity(), pacing.onBusy(), worker);
        return new SnapshotScheduler(
                training,
                worker,
                pipeline,
                governor,
                headroom,
                pacing.closeLimit().toMillis(),
                onceLog);
    }

    /** A recorder, after all checks of its directory that do not need provenance. */
    private RunRecorder recorder(Path directory) {
        RunRecorder recorder = options.recording().discardLaterFrames()
                ? RunRecorder.rewinding(directory, iteration)
                : new RunRecorder(directory, iteration);
        try {
            recorder.check();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return recorder;
    }

    /** A scale or plane of the first frame comes from the continued run. */
    private Optional<List<NamedArray>> firstWeights() {
        return analysisOptions.fixedPlane() || analysisOptions.source().usesFirstFrame()
                ? options.recording().directory().flatMap(directory -> FirstFrameWeights.read(directory, iteration))
                : Optional.empty();
    }

    private SinkGroup group(List<FrameSink> of) {
        return new SinkGroup(of, pacing.sinkLimit(), pacing.closeLimit());
    }

    /** The sinks, the run directory first, so that a frame is on disk before others receive it. */
    private List<FrameSink> sinks(Optional<RunRecorder> recorder) {
        List<FrameSink> sinks = new ArrayList<>();
        recorder.ifPresent(sinks::add);
        sinks.addAll(options.sinks());
        options.registry().map(registry -> new FrameMetrics(registry, run)).ifPresent(sinks::add);
        return sinks;
    }

    private ObjectiveChoice objective() {
        return options.objectives()
                .map(factory -> ObjectiveChoice.made(
                        factory.objective(model, options.probe(), options.objective()), options.exactOnly()))
                .orElseGet(() -> ObjectiveChoice.of(
                        model, options.probe(), options.objective(), options.exactOnly(), options.device()));
    }

    /**
     * The training objective on the statistics of batches, to estimate BatchNorm's running ones at averaged weights: one pass a frame, for
     * which no other device needs another executor.
     */
    private Optional<Objective> statistics(Objective train) {
        boolean hasStatistics =
                train.layout().blocks().stream().anyMatch(block -> block.kind() == ParameterKind.STATISTIC);
        if (options.objectives().isPresent() || !hasStatistics || !train.hasIndependentExamples()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CompiledObjective.of(
                    model, options.probe(), options.objective().withMode(ObjectiveMode.BATCH), Device.CPU));
        } catch (UnsupportedNetworkException | IllegalArgumentException e) {
            log.debug("BatchNorm's statistics cannot be estimated again: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private OverheadGovernor governor() {
        return new OverheadGovernor(
                pacing.overheadBudget(), costs(), options.probe().size(), System::nanoTime);
    }

    private FrameCosts costs() {
        int products = options.curvature()
                .map(curvature -> curvature.eigenvalues().lanczos().basisSize())
                .orElse(0);
        return new FrameCosts(options.surface().grid(), products);
    }

    private void releaseName() {
        options.registry().ifPresent(registry -> RunNames.release(registry, run));
    }
}
