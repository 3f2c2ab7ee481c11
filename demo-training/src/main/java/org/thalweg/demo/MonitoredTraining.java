package org.thalweg.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.jspecify.annotations.Nullable;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.demo.data.Batches;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.OnBusy;
import org.thalweg.listener.PacingOptions;

/**
 * Training by epochs with Thalweg attached, for {@code MultiLayerNetwork} and {@code ComputationGraph} alike; shared
 * by scenarios that compare networks.
 *
 * @param batches the training data
 * @param epochs number of epochs
 */
public record MonitoredTraining(Batches batches, int epochs) {

    /** One eigenvalue of each end, from a smaller basis than the default. */
    public static final CurvatureOptions EXTREMES = CurvatureOptions.DEFAULT
            .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
            .withLanczos(Lanczos.DEFAULT.withBasisSize(20));

    /** Every frame that is due, even where training has to wait for it. */
    public static final PacingOptions EVERY_FRAME = PacingOptions.DEFAULT.withOnBusy(OnBusy.WAIT);

    /**
     * Trains a network.
     *
     * @param network initialized
     * @param landscape configures the frames and where they are recorded
     * @param console shows progress
     * @return all frames in order, the one before training first
     * @throws IllegalStateException if a frame failed, with the cause
     */
    public <N extends Model & NeuralNetwork> List<Frame> run(
            N network, Consumer<LandscapeListenerBuilder> landscape, Console console) {
        Frames frames = new Frames();
        try (LandscapeListener listener = listener(network, landscape, frames);
                TrainingProgress progress = new TrainingProgress(console, (long) epochs * batches.perEpoch())) {
            network.addListeners(listener, progress);
            for (int epoch = 0; epoch < epochs; epoch++) {
                network.fit(batches.epoch(epoch, batches.perEpoch()));
            }
        }
        return frames.all();
    }

    /**
     * Takes one frame of a network without training it.
     *
     * @param network only read
     * @param landscape configures the frames and where they are recorded
     */
    public static Frame look(Model network, Consumer<LandscapeListenerBuilder> landscape) {
        Frames frames = new Frames();
        listener(network, landscape, frames).close();
        return frames.all().get(0);
    }

    private static LandscapeListener listener(
            Model network, Consumer<LandscapeListenerBuilder> landscape, Frames frames) {
        LandscapeListenerBuilder builder =
                LandscapeListener.builder(network).pacing(EVERY_FRAME).sink(frames);
        landscape.accept(builder);
        return builder.build();
    }

    /** Collects the frames. */
    private static final class Frames implements FrameSink {
        private final List<Frame> frames = new ArrayList<>();
        private @Nullable Throwable failure;

        @Override
        public synchronized void frame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public synchronized void failed(long iteration, Throwable cause) {
            failure = cause;
        }

        synchronized List<Frame> all() {
            if (failure != null) {
                throw new IllegalStateException("a frame failed: " + failure.getMessage(), failure);
            }
            return List.copyOf(frames);
        }
    }
}
