package org.thalweg.demo;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thalweg.curvature.CurvatureOptions;
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

/** Thalweg on a run of the demo: the one place where it is attached. */
final class ListenerSetup {

    /** Longer than any two frames take: what was asked for is shown. */
    private static final Duration PATIENCE = Duration.ofHours(6);

    private ListenerSetup() {}

    /**
     * Attaches a listener to the run's network, after the frame before training.
     *
     * @param run what is trained, and its options
     * @param out directory of the run
     * @param registry where meters go, if anywhere
     * @param sinks told of every frame
     * @return to be closed after training, which waits for the frames in work
     * @throws IOException if the directory cannot be used: the run in it is another one, say
     */
    static LandscapeListener attach(TrainingRun run, Path out, Optional<MeterRegistry> registry, List<FrameSink> sinks)
            throws IOException {
        TrainingOptions options = run.options();
        LandscapeListenerBuilder builder = LandscapeListener.builder(run.network())
                .probe(run.training().probe(options.probe()))
                .surface(surface(options))
                .quantities(QuantityOptions.DEFAULT.withLastStep(options.watchSteps()))
                .recording(RecordingOptions.DEFAULT
                        .withDirectory(out)
                        .withWeights(options.saveWeights())
                        .withDirections(options.saveDirections())
                        // Training makes again what a kill left behind the saved model.
                        .withDiscardLaterFrames(options.resume().isPresent()))
                .pacing(pacing(run));
        curvature(options).ifPresentOrElse(builder::curvature, () -> builder.eigenvalues(0));
        run.validation().ifPresent(held -> builder.validation(held.probe(options.probe())));
        sinks.forEach(builder::sink);
        registry.ifPresent(builder::meterRegistry);
        LandscapeListener listener = built(builder);
        run.network().addListeners(listener);
        return listener;
    }

    /** A plane of its own kind brings its seed along. */
    private static SurfaceOptions surface(TrainingOptions options) {
        SurfaceOptions surface =
                SurfaceOptions.DEFAULT.withGrid(options.grid(), options.range()).withFixedPlane(options.fixedPlane());
        return options.plane()
                .directions(options.seed())
                .map(surface::withPlane)
                .orElseGet(() -> surface.withSeed(options.seed()));
    }

    private static Optional<CurvatureOptions> curvature(TrainingOptions options) {
        if (options.eigenvalues() == 0) {
            return Optional.empty();
        }
        CurvatureOptions curvature = CurvatureOptions.DEFAULT
                .withEigenvalues(options.eigenvalues())
                .withLayers(options.layers())
                .withGaussNewton(options.gaussNewton());
        if (options.trace()) {
            curvature = curvature.withTrace(TraceOptions.DEFAULT);
        }
        return Optional.of(options.density() ? curvature.withDensity(SpectralDensityOptions.DEFAULT) : curvature);
    }

    private static PacingOptions pacing(TrainingRun run) {
        TrainingOptions options = run.options();
        // Every frame that was asked for, even where training has to wait for it.
        PacingOptions pacing = (options.inline()
                        ? PacingOptions.DEFAULT.withInline(true)
                        : MonitoredTraining.EVERY_FRAME)
                .withSchedule(schedule(run))
                .withCloseLimit(PATIENCE);
        return options.budget().map(pacing::withOverheadBudget).orElse(pacing);
    }

    private static LandscapeListener built(LandscapeListenerBuilder builder) throws IOException {
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Schedule schedule(TrainingRun run) {
        TrainingOptions options = run.options();
        if (options.everyIterations().isPresent()) {
            return Schedule.everyIterations(options.everyIterations().get());
        }
        // Less than an epoch has no epoch to take a frame after, only its end.
        return run.iterations() < run.training().perEpoch()
                ? Schedule.everyIterations(run.iterations())
                : Schedule.everyEpochs(options.everyEpochs());
    }
}
