package org.thalweg.demo.residual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.thalweg.demo.Console;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.OutputDirectory;
import org.thalweg.demo.StepProgress;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.network.CompiledTraining;
import org.thalweg.demo.network.ResidualNetwork;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.objective.ObjectiveValue;

/**
 * Training as in the source, in proportion: Nesterov's momentum, weight decay, and a learning rate that falls to a tenth after
 * 1/2, 3/4 and 11/12 of the steps (H. Li et al., NeurIPS 2018, appendix: after 150, 225 and 275 of 300 epochs). The rate
 * rises over the first steps: at the start the gradients of a deep network without shortcuts grow from layer to layer (G.
 * Yang et al., "A mean field theory of batch normalization", ICLR 2019), and the source's rate would throw its first layers
 * so far away that weight decay needs tens of thousands of steps to bring them back.
 *
 * @param kind the network
 * @param images training images
 * @param steps number of steps
 * @param frames number of frames after the one before training
 * @param seed seed of weights and batches
 * @param console shows progress
 */
record LongTraining(ResidualNetwork kind, LabelledImages images, int steps, int frames, long seed, Console console) {

    private static final int BATCH = 128;
    private static final double LEARNING_RATE = 0.03;
    private static final double MOMENTUM = 0.9;
    private static final double L2 = 5e-4;

    /** Share of the steps in which the rate rises, by {@link #RISE} in all. */
    private static final double WARM_UP = 0.1;

    private static final double RISE = 1e3;
    private static final int STAIRS = 30;

    /** Saved so often. */
    private static final int CHECKPOINTS = 20;

    /**
     * Trains, or goes on to train from the last checkpoint.
     *
     * @param run directory of frames and of {@code model.zip}
     * @param landscape configures the frames
     * @return the trained network
     * @throws IOException if something cannot be read or written; the message names it
     */
    ComputationGraph run(Path run, Consumer<LandscapeListenerBuilder> landscape) throws IOException {
        OutputDirectory out = new OutputDirectory(run.toAbsolutePath().normalize());
        ComputationGraph network = Files.isRegularFile(out.model()) ? (ComputationGraph) out.restore() : created();
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %,d steps on %,d images: %s",
                kind.name(),
                network.numParams(),
                steps,
                images.size(),
                images.source()));
        if (network.getIterationCount() >= steps) {
            return network;
        }
        LandscapeListenerBuilder builder = LandscapeListener.builder(network).pacing(MonitoredTraining.EVERY_FRAME);
        landscape.accept(builder);
        Batches batches = new Batches(images, BATCH, seed);
        try (LandscapeListener listener = builder.build();
                StepProgress progress = new StepProgress(console, "training", "step", steps);
                CompiledTraining training = new CompiledTraining(
                        network, updater(), batches.epoch(0, 1).next())) {
            if (training.iteration() == 0) {
                listener.capture(network);
            }
            while (training.iteration() < steps) {
                int epoch = training.iteration() / batches.perEpoch();
                DataSetIterator rest =
                        batches.epoch(epoch, training.iteration() % batches.perEpoch(), batches.perEpoch());
                while (rest.hasNext() && training.iteration() < steps) {
                    training.step(rest.next());
                    int done = training.iteration();
                    if (isDue(done, frames) || isDue(done, CHECKPOINTS)) {
                        training.write(done / batches.perEpoch());
                    }
                    if (isDue(done, frames)) {
                        listener.capture(network);
                    }
                    if (isDue(done, CHECKPOINTS)) {
                        progress.at(done, status(training.value()));
                    }
                    if (isDue(done, CHECKPOINTS) && done < steps) {
                        out.save(network);
                    }
                }
            }
        }
        // Now that the last frame is complete: a network that has made all steps has all frames.
        out.save(network);
        return network;
    }

    private boolean isDue(int done, int times) {
        return done == steps || done % Math.max(1, steps / times) == 0;
    }

    private static String status(ObjectiveValue value) {
        return String.format(
                Locale.ROOT,
                "batch loss %.4f, accuracy %.1f %%",
                value.loss(),
                value.accuracy().orElse(Double.NaN));
    }

    private ComputationGraph created() {
        ComputationGraph network = new ComputationGraph(kind.configuration(images, updater(), L2, seed));
        network.init();
        return network;
    }

    private Nesterovs updater() {
        MapSchedule.Builder rate = new MapSchedule.Builder(ScheduleType.ITERATION);
        int warm = (int) (WARM_UP * steps);
        int stairs = Math.min(STAIRS, warm);
        for (int stair = 0; stair < stairs; stair++) {
            rate.add(stair * warm / stairs, LEARNING_RATE * Math.pow(RISE, (double) stair / stairs - 1));
        }
        return new Nesterovs(
                rate.add(warm, LEARNING_RATE)
                        .add(steps / 2, LEARNING_RATE / 10)
                        .add(steps * 3 / 4, LEARNING_RATE / 100)
                        .add(steps * 11 / 12, LEARNING_RATE / 1000)
                        .build(),
                MOMENTUM);
    }
}
