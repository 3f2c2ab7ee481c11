package org.thalweg.demo;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.FrameSink;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.OnBusy;
import org.thalweg.listener.Schedule;

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
                .schedule(schedule(run))
                .grid(options.grid())
                .range(options.range())
                .fixedPlane(options.fixedPlane())
                .seed(options.seed())
                .eigenvalues(options.eigenvalues())
                .layers(options.layers())
                .gaussNewton(options.gaussNewton())
                .watchSteps(options.watchSteps())
                .saveWeights(options.saveWeights())
                .saveDirections(options.saveDirections())
                .recordTo(out)
                // Training makes again what a kill left behind the saved model.
                .discardLaterFrames(options.resume().isPresent())
                // Every frame that was asked for, even where training has to wait for it.
                .onBusy(OnBusy.WAIT)
                .closeLimit(PATIENCE);
        run.validation().ifPresent(held -> builder.validation(held.probe(options.probe())));
        options.plane().directions(options.seed()).ifPresent(builder::plane);
        sinks.forEach(builder::sink);
        registry.ifPresent(builder::meterRegistry);
        options.budget().ifPresent(builder::overheadBudget);
        if (options.inline()) {
            builder.inline();
        }
        if (options.trace()) {
            builder.trace(TraceOptions.DEFAULT);
        }
        if (options.density()) {
            builder.density(SpectralDensityOptions.DEFAULT);
        }
        LandscapeListener listener = built(builder);
        run.network().addListeners(listener);
        return listener;
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
