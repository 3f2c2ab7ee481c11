package org.thalweg.demo.batchnorm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.frame.Frame;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.scene.RunFrames;

/**
 * The same network with and without BatchNorm and with and without dropout, each in inference and in training.
 * BatchNorm is said to make the loss smoother (S. Santurkar, D. Tsipras, A. Ilyas and A. Madry, "How does batch
 * normalization help optimization?", NeurIPS 2018), {@linkplain AlongGradient along the gradient}; and a network in inference is a different function of its weights
 * than in training.
 *
 * @param images training and held-out images
 * @param size sizes of network, data and surface
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record BatchNormSurfaces(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 0.02;
    private static final double MOMENTUM = 0.9;

    /** Updates between two measurements along the gradient. */
    private static final int MEASURED = 3;

    /** Surfaces whose median difference over all points is larger are different. */
    private static final double DIFFERENT = 0.1;

    /**
     * Sizes of network, data and surface.
     *
     * @param filters filters of each pair of convolutions
     * @param epochs epochs to train
     * @param every number of epochs between frames
     * @param grid points on each side of the surface
     * @param probe number of images of the surface
     * @param film options of the comparison's film
     */
    public record Size(List<Integer> filters, int epochs, int every, int grid, int probe, FilmOptions film) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(List.of(8, 16), 4, 2, 25, 128, Comparison.FILM);
        /** As deep as a VGG. */
        public static final Size FULL = new Size(List.of(16, 32, 64, 128), 15, 5, 51, 256, Comparison.FILM);
    }

    /**
     * Trains all four networks, judges the claims, and films them side by side.
     *
     * @param directory receives runs, films and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        Seen plain = train(false, false, directory);
        Seen normalized = train(true, false, directory);
        Seen plainDropout = train(false, true, directory);
        Seen normalizedDropout = train(true, true, directory);
        compare(directory, "plain-running", "batchnorm-running", "with-and-without");
        compare(directory, "batchnorm-running", "batchnorm-batch", "running-and-batch");
        findings.line("");
        findings.line(SurfaceTable.HEADER);
        for (Seen seen : List.of(plain, normalized, plainDropout, normalizedDropout)) {
            seen.modes().forEach((mode, frame) -> findings.line(SurfaceTable.row(name(seen.network(), mode), frame)));
        }
        judgeSmoothness(findings);
        findings.format(
                "mean rise at radius 0.5, on the statistics of batches: %.3g without, %.3g with BatchNorm",
                SurfaceTable.rise(plain.in(ObjectiveMode.BATCH)),
                SurfaceTable.rise(normalized.in(ObjectiveMode.BATCH)));
        judgeMode(findings, normalized, ObjectiveMode.BATCH);
        judgeMode(findings, plainDropout, ObjectiveMode.TRAINING);
        judgeMode(findings, normalizedDropout, ObjectiveMode.TRAINING);
        findings.write(directory);
    }

    /** A trained network with its surface in each mode. */
    private record Seen(ConvolutionalNetwork network, Map<ObjectiveMode, Frame> modes) {
        Frame in(ObjectiveMode mode) {
            return Objects.requireNonNull(modes.get(mode));
        }
    }

    private Seen train(boolean batchNorm, boolean dropout, Path directory) {
        ConvolutionalNetwork kind = new ConvolutionalNetwork(size.filters(), batchNorm, dropout);
        MultiLayerNetwork network = new MultiLayerNetwork(
                kind.configuration(images.training(), new Nesterovs(LEARNING_RATE, MOMENTUM), 0, seed));
        network.init();
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %d epochs of %,d images: %s",
                name(kind),
                network.numParams(),
                size.epochs(),
                images.training().size(),
                images.training().source()));
        Batches batches = new Batches(images.training(), BATCH, seed);
        Probe probe = batches.probe(size.probe());
        Probe validation = new Batches(images.validation().orElseThrow(), BATCH, seed).probe(size.probe());
        Map<ObjectiveMode, Frame> modes = new EnumMap<>(ObjectiveMode.class);
        Consumer<LandscapeListenerBuilder> landscape = to -> to.probe(probe)
                .validation(validation)
                .surface(SurfaceOptions.DEFAULT
                        .withGrid(size.grid(), 1)
                        .withSeed(seed)
                        // Roughness is that of computed points.
                        .withAllPoints())
                .schedule(Schedule.everyEpochs(size.every()))
                .curvature(MonitoredTraining.EXTREMES);
        List<Frame> frames = new MonitoredTraining(batches, size.epochs())
                .run(
                        network,
                        landscape.andThen(to -> to.recordTo(directory.resolve(name(kind, ObjectiveMode.RUNNING)))),
                        console);
        modes.put(ObjectiveMode.RUNNING, frames.get(frames.size() - 1));
        for (ObjectiveMode mode : List.of(ObjectiveMode.BATCH, ObjectiveMode.TRAINING)) {
            ObjectiveOptions options =
                    ObjectiveOptions.DEFAULT.withMode(mode).withBatchSize(BATCH).withSeed(seed);
            modes.put(
                    mode,
                    MonitoredTraining.look(
                            network,
                            landscape.andThen(
                                    to -> to.objective(options).recordTo(directory.resolve(name(kind, mode))))));
        }
        return new Seen(kind, modes);
    }

    /** Along the gradients of mini-batches, as the source measures. */
    private void judgeSmoothness(Findings findings) {
        List<AlongGradient> without = alongGradients(false);
        List<AlongGradient> with = alongGradients(true);
        double[] ratios = Stream.<ToDoubleFunction<AlongGradient>>of(
                        AlongGradient::lossRange, AlongGradient::gradientChange, AlongGradient::smoothness)
                .mapToDouble(number -> AlongGradient.median(with, number) / AlongGradient.median(without, number))
                .toArray();
        findings.claim(
                "BatchNorm makes the function that training descends smoother (Santurkar et al. 2018)",
                Arrays.stream(ratios).allMatch(ratio -> ratio < 1),
                String.format(
                        Locale.ROOT,
                        "on steps of 0.5 to 4 learning rates along the gradient, by the median over training, with"
                                + " BatchNorm the loss's range is %.2f times that without (%.3g for %.3g), the gradient's"
                                + " change %.2f times, and effective beta-smoothness %.2f times (%.3g for %.3g)",
                        ratios[0],
                        AlongGradient.median(with, AlongGradient::lossRange),
                        AlongGradient.median(without, AlongGradient::lossRange),
                        ratios[1],
                        ratios[2],
                        AlongGradient.median(with, AlongGradient::smoothness),
                        AlongGradient.median(without, AlongGradient::smoothness)));
    }

    /** Trains a network of its own and measures before some of the updates. */
    private List<AlongGradient> alongGradients(boolean batchNorm) {
        ConvolutionalNetwork kind = new ConvolutionalNetwork(size.filters(), batchNorm, false);
        MultiLayerNetwork network = new MultiLayerNetwork(
                kind.configuration(images.training(), new Nesterovs(LEARNING_RATE, MOMENTUM), 0, seed));
        network.init();
        Batches batches = new Batches(images.training(), BATCH, seed);
        List<AlongGradient> found = new ArrayList<>();
        ObjectiveOptions function =
                ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH).withBatchSize(BATCH);
        Objective objective = CompiledObjective.of(network, batches.probe(BATCH), function);
        int whole = Math.min(BATCH, images.training().size());
        long updates = 0;
        for (int epoch = 0; epoch < size.epochs(); epoch++) {
            DataSetIterator iterator = batches.epoch(epoch, batches.perEpoch());
            while (iterator.hasNext()) {
                DataSet batch = iterator.next();
                if (updates++ % MEASURED == 0 && batch.numExamples() == whole) {
                    objective = objective.withMiniBatch(Probe.of(batch));
                    found.add(AlongGradient.at(objective, objective.layout().pack(network.params()), LEARNING_RATE));
                }
                network.fit(batch);
            }
        }
        objective.close();
        return found;
    }

    private static void judgeMode(Findings findings, Seen seen, ObjectiveMode mode) {
        double[][] predicting = seen.in(ObjectiveMode.RUNNING).surface().loss();
        double[][] training = seen.in(mode).surface().loss();
        double apart = medianDifference(predicting, training);
        int middle = predicting.length / 2;
        findings.claim(
                name(seen.network()) + ": in training a network has another surface than in inference",
                apart > DIFFERENT,
                String.format(
                        Locale.ROOT,
                        "%s and RUNNING are %.0f %% apart in the middle and %.0f %% by the median over all points",
                        mode,
                        100 * difference(predicting[middle][middle], training[middle][middle]),
                        100 * apart));
    }

    private static double medianDifference(double[][] first, double[][] second) {
        double[] apart = new double[first.length * first.length];
        for (int i = 0; i < apart.length; i++) {
            apart[i] =
                    difference(first[i / first.length][i % first.length], second[i / first.length][i % first.length]);
        }
        Arrays.sort(apart);
        return apart[apart.length / 2];
    }

    /** The relative difference of two losses, as a share of the smaller one. */
    private static double difference(double first, double second) {
        return Math.max(first, second) / Math.min(first, second) - 1;
    }

    private void compare(Path directory, String left, String right, String name) throws IOException {
        new Comparison(RunFrames.open(directory.resolve(left)), RunFrames.open(directory.resolve(right)))
                .write(size.film(), directory, name, console);
    }

    private static String name(ConvolutionalNetwork network, ObjectiveMode mode) {
        return name(network) + "-" + mode.name().toLowerCase(Locale.ROOT);
    }

    private static String name(ConvolutionalNetwork network) {
        return (network.batchNorm() ? "batchnorm" : "plain") + (network.dropout() ? "-dropout" : "");
    }
}
