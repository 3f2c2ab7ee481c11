package org.thalweg.demo.edge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.edge.Descent.Sample;
import org.thalweg.frame.Frame;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.QuantityOptions;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;

/**
 * Gradient descent as in J. Cohen, S. Kaur, Y. Li, J. Z. Kolter and A. Talwalkar, "Gradient descent on neural
 * networks typically occurs at the edge of stability", ICLR 2021: all examples in every step, no momentum, a fixed
 * learning rate. On a quadratic it diverges along every direction of curvature above 2 / learningRate. Or Adam on all
 * examples, see {@link FullBatchUpdater#ADAM}.
 *
 * @param network the network
 * @param loss the loss function
 * @param learningRate step length in units of the gradient
 * @param iterations number of steps
 * @param updater makes steps of gradients
 */
record GradientDescent(
        TanhNetwork network, TrainingLoss loss, double learningRate, int iterations, FullBatchUpdater updater) {

    private static final int FRAMES = 100;
    private static final int GRID = 11;

    /** Plain gradient descent. */
    GradientDescent(TanhNetwork network, TrainingLoss loss, double learningRate, int iterations) {
        this(network, loss, learningRate, iterations, FullBatchUpdater.DESCENT);
    }

    /** The sharpness at the edge of stability. */
    double threshold() {
        return updater.limit(learningRate);
    }

    /** Names the run's directory: {@code mlp-mse-lr0.4}. */
    String name() {
        String adam = updater == FullBatchUpdater.ADAM ? "-adam" : "";
        return (network + "-" + loss.label() + adam + "-lr" + learningRate).toLowerCase(Locale.ROOT);
    }

    /** For people: {@code MLP MSE lr=0.4}. */
    String title() {
        String adam = updater == FullBatchUpdater.ADAM ? " Adam" : "";
        return network + " " + loss.label() + adam + " lr=" + learningRate;
    }

    /**
     * Trains Deeplearning4j's network with Thalweg attached. The probe is the whole training set, so lambda_max is
     * the sharpness of the function that training descends.
     *
     * @param images training images
     * @param seed seed of weights and directions
     * @param directory receives the run
     */
    Descent run(LabelledImages images, long seed, Path directory) {
        DataSet all = centred(images);
        MultiLayerNetwork trained =
                new MultiLayerNetwork(network.configuration(images, loss, updater.configured(learningRate), seed));
        trained.init();
        List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
        try (LandscapeListener landscape = LandscapeListener.builder(trained)
                .probe(Probe.of(all).from("all of " + images.source()))
                .schedule(Schedule.everyIterations(Math.max(1, iterations / FRAMES)))
                .grid(GRID)
                .curvature(MonitoredTraining.EXTREMES)
                .surface(SurfaceOptions.DEFAULT.withSeed(seed))
                .pacing(MonitoredTraining.EVERY_FRAME)
                .recordTo(directory)
                .quantities(QuantityOptions.DEFAULT.withLastStep(updater == FullBatchUpdater.ADAM))
                .sink(frame -> add(frame, samples))
                .build()) {
            trained.addListeners(landscape);
            for (int i = 0; i < iterations; i++) {
                trained.fit(all);
            }
        }
        return new Descent(this, samples);
    }

    /** Before its first step, Adam has no preconditioner. */
    private void add(Frame frame, List<Sample> samples) {
        if (frame.iteration() > 0 || updater == FullBatchUpdater.DESCENT) {
            samples.add(new Sample(frame.iteration(), frame.loss(), updater.sharpness(frame, learningRate)));
        }
    }

    /** All images without their mean grey value, which would dominate the largest eigenvalue at first. */
    private static DataSet centred(LabelledImages images) {
        DataSet all = images.dataSet(IntStream.range(0, images.size()).toArray());
        all.getFeatures().subi(all.getFeatures().meanNumber());
        return all;
    }
}
