package org.thalweg.demo;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.frame.FrameSink;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.PacingOptions;
import org.thalweg.listener.QuantityOptions;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;

/** Attaches Thalweg to a run of the demo. */
final class ListenerSetup {

    /** Longer than any two frames take, so that every requested frame is computed. */
    private static final Duration PATIENCE = Duration.ofHours(6);

    private ListenerSetup() {}

    /**
     * Attaches a listener to the run's network, after the frame before training.
     *
     * @param run the training, with its options
     * @param out directory of the run
     * @param registry registry of the meters, if any
     * @param sinks receive every frame
     * @return must be closed after training; closing waits for unfinished frames
     * @throws IOException if the directory cannot be used, for example because it contains another run
     */
    static LandscapeListener attach(TrainingRun run, Path out, Optional<MeterRegistry> registry, List<FrameSink> sinks)
            throws IOException {
        TrainingOptions options = run.options();
        FrameOptions frames = options.frames();
        LandscapeListenerBuilder builder = LandscapeListener.builder(run.network())
                .probe(run.training().probe(frames.probe()))
                .device(frames.device())
                .surface(surface(frames, options.seed()))
                .quantities(QuantityOptions.DEFAULT.withLastStep(frames.watchSteps()))
                .recording(RecordingOptions.DEFAULT
                        .withDirectory(out)
                        .withWeights(frames.saveWeights())
                        .withDirections(frames.saveDirections())
                        // A kill may leave frames later than the saved model; training computes them again.
                        .withDiscardLaterFrames(options.resume().isPresent()))
                .pacing(pacing(run));
        curvature(frames).ifPresentOrElse(builder::curvature, () -> builder.eigenvalues(0));
        run.validation().ifPresent(held -> builder.validation(held.probe(frames.probe())));
        sinks.forEach(builder::sink);
        registry.ifPresent(builder::meterRegistry);
        LandscapeListener listener = built(builder);
        run.network().addListeners(listener);
        return listener;
    }

    /** Other planes than the default have the seed in their directions. */
    private static SurfaceOptions surface(FrameOptions frames, long seed) {
        SurfaceOptions surface = SurfaceOptions.DEFAULT
                .withGrid(frames.grid(), frames.range())
                .withFixedPlane(frames.fixedPlane())
                .withDirections(DirectionOptions.DEFAULT.withKeepPruned(frames.keepPruned()));
        surface = frames.allPoints() ? surface.withAllPoints() : surface.withTolerance(frames.tolerance());
        if (frames.planes().isPresent()) {
            surface = surface.withPlanes(frames.planes().get());
        }
        Optional<DirectionSource> plane = frames.plane().directions(seed);
        return plane.isPresent() ? surface.withPlane(plane.get()) : surface.withSeed(seed);
    }

    private static Optional<CurvatureOptions> curvature(FrameOptions frames) {
        if (frames.eigenvalues() == 0) {
            return Optional.empty();
        }
        CurvatureOptions curvature = CurvatureOptions.DEFAULT
                .withEigenvalues(frames.eigenvalues())
                .withLayers(frames.layers())
                .withGaussNewton(frames.gaussNewton());
        if (frames.classes()) {
            curvature = curvature.withClasses();
        }
        if (frames.trace()) {
            curvature = curvature.withTrace(TraceOptions.DEFAULT);
        }
        return Optional.of(frames.density() ? curvature.withDensity(SpectralDensityOptions.DEFAULT) : curvature);
    }

    private static PacingOptions pacing(TrainingRun run) {
        FrameOptions frames = run.options().frames();
        // Training waits, so that no requested frame is skipped.
        PacingOptions pacing = (frames.inline()
                        ? PacingOptions.DEFAULT.withInline(true)
                        : MonitoredTraining.EVERY_FRAME)
                .withSchedule(schedule(run))
                .withCloseLimit(PATIENCE);
        return frames.budget().map(pacing::withOverheadBudget).orElse(pacing);
    }

    private static LandscapeListener built(LandscapeListenerBuilder builder) throws IOException {
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Schedule schedule(TrainingRun run) {
        FrameOptions frames = run.options().frames();
        if (frames.everyIterations().isPresent()) {
            return Schedule.everyIterations(frames.everyIterations().get());
        }
        // Training that ends within the first epoch has only a frame at its end.
        return run.iterations() < run.training().perEpoch()
                ? Schedule.everyIterations(run.iterations())
                : Schedule.everyEpochs(frames.everyEpochs());
    }
}
