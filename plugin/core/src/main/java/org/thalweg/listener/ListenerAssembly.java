package org.thalweg.listener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.FrameAnalysis;
import org.thalweg.analysis.SurfaceObjectives;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.metrics.FrameMetrics;
import org.thalweg.objective.Objective;
import org.thalweg.objective.network.internal.Constraints;
import org.thalweg.objective.setup.Backend;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.RunRecorder;

/** Puts a listener together from its options, and takes the frame before training. */
final class ListenerAssembly {

    private static final Logger log = LoggerFactory.getLogger(LandscapeListener.class);

    private final Model model;
    private final ListenerOptions options;
    private final AnalysisOptions analysisOptions;
    private final PacingOptions pacing;
    private final String run;
    private final long iteration;
    private final int epoch;

    ListenerAssembly(Model model, ListenerOptions options) {
        this.model = model;
        this.options = options;
        this.analysisOptions = options.analysis();
        this.pacing = options.pacing();
        this.run = options.run(model);
        this.iteration = WatchedNetwork.iterations(model);
        this.epoch = WatchedNetwork.epochs(model);
    }

    /** As {@link LandscapeListenerBuilder#build()} has it. */
    LandscapeListener assemble() {
        BackendCheck.require();
        OverheadGovernor governor = governor();
        SinkGroup sinks = new SinkGroup(sinks(), pacing.sinkLimit(), pacing.closeLimit());
        ObjectiveChoice choice = objective();
        Objective train = choice.objective();
        Optional<Objective> validated = options.validation().map(train::withProbe);
        SurfaceObjectives trainSurface = SurfaceObjectives.of(train, options.probe());
        SurfaceObjectives validationSurface = validated
                .map(objective ->
                        SurfaceObjectives.of(objective, options.validation().orElseThrow()))
                .orElse(null);
        FrameAnalysis analysis = new FrameAnalysis(trainSurface, validationSurface, analysisOptions);
        options.recording().directory().ifPresent(directory -> beginWhereRunBegan(analysis, directory));
        Optional<Constraints> constraints = Constraints.of(model);
        FrameWorker worker = new FrameWorker(trainSurface, validationSurface, analysis, constraints, sinks, governor);
        StepTracker training = new StepTracker(
                pacing.schedule(),
                new UpdaterReader(train.layout(), options.quantities().lastStep()),
                ObjectiveMismatch.find(model, options.objective()),
                options.quantities().lastStep(),
                constraints.isPresent());

        Frame first = worker.first(
                SnapshotScheduler.snapshot(model, iteration, epoch), training.state(model, iteration, epoch));
        long frameBytes = FrameMemory.bytes(
                train, validated, analysisOptions, options.quantities().lastStep());
        Backend backend = Backend.current();
        sinks.start(ProvenanceCollector.of(run, backend, model, train, options));
        log.info(StartupReport.of(
                        run, backend, choice, options, ObjectiveMismatch.score(model, options.objective()), first)
                + StartupReport.limits(model, options.snapshots(), frameBytes, pacing.overheadBudget()));
        sinks.frame(first);
        governor.trainingBegins();
        return listener(training, worker, governor, MemoryHeadroom.forFramesOf(frameBytes));
    }

    private LandscapeListener listener(
            StepTracker training, FrameWorker worker, OverheadGovernor governor, MemoryHeadroom headroom) {
        FramePipeline pipeline = pacing.inline()
                ? null
                : new FramePipeline(
                        "thalweg-" + run,
                        pacing.queueCapacity(),
                        pacing.onBusy(),
                        worker::process,
                        worker::skipped,
                        worker::close);
        OnceLogger onceLog = new OnceLogger(log);
        SnapshotScheduler frames = new SnapshotScheduler(
                training,
                worker,
                pipeline,
                governor,
                headroom,
                pacing.closeLimit().toMillis(),
                onceLog,
                iteration);
        return new LandscapeListener(model, pacing.schedule(), training, frames, onceLog);
    }

    /** Where frames go, the run directory first, so that what others have seen is on disk. */
    private List<FrameSink> sinks() {
        List<FrameSink> sinks = new ArrayList<>();
        options.recording()
                .directory()
                .map(directory -> options.recording().discardLaterFrames()
                        ? RunRecorder.rewinding(directory, iteration)
                        : new RunRecorder(directory, iteration))
                .ifPresent(sinks::add);
        sinks.addAll(options.sinks());
        options.registry().map(registry -> new FrameMetrics(registry, run)).ifPresent(sinks::add);
        return sinks;
    }

    private ObjectiveChoice objective() {
        return options.objectives()
                .map(factory -> ObjectiveChoice.made(
                        factory.objective(model, options.probe(), options.objective()), options.exactOnly()))
                .orElseGet(() -> ObjectiveChoice.of(model, options.probe(), options.objective(), options.exactOnly()));
    }

    private OverheadGovernor governor() {
        int products = options.curvature()
                .map(curvature -> curvature.lanczos().basisSize())
                .orElse(0);
        return new OverheadGovernor(
                pacing.overheadBudget(),
                new FrameCosts(options.surface().grid(), products),
                options.probe().size(),
                System::nanoTime);
    }

    /** A frozen scale and a fixed plane are those of the first frame of the run that is continued. */
    private void beginWhereRunBegan(FrameAnalysis analysis, Path directory) {
        if (analysisOptions.fixedPlane() || analysisOptions.source().usesFirstFrame()) {
            FirstFrameWeights.read(directory, iteration).ifPresent(analysis::beginAt);
        }
    }
}
