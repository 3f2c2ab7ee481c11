package org.thalweg.demo.batchsize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.Frame;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.surface.Axis;
import org.thalweg.surface.LineEvaluator;
import org.thalweg.surface.LossLine;
import org.thalweg.surface.ModelInterpolation;
import org.thalweg.surface.ModelInterpolation.Moving;

/**
 * Repeats what H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein show for small and large batches ("Visualizing the
 * loss landscape of neural nets", NeurIPS 2018, sections 3 and 4, figures 2 to 4): which of two minimizers looks flat
 * on the line between them depends on weight decay, because it depends on the size of the weights; along
 * filter-normalized directions it does not.
 *
 * @param images training and held-out images
 * @param size sizes of network, data and surface
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record BatchSize(ImageSplit images, Size size, long seed, Console console) {

    private static final double LEARNING_RATE = 0.05;
    private static final double MOMENTUM = 0.9;
    /** Strength of weight decay in the source. */
    private static final double L2 = 5e-4;
    /** From 0 to 1, and as far beyond on either side as in the source. */
    private static final Axis BETWEEN = new Axis(-0.5, 1.5, 41);

    /** The smallest possible surface, since this study is about lines. */
    private static final int SURFACE = 3;

    private static final Axis AROUND = Axis.symmetric(41, 1);
    /** Distance at which the rise along filter-normalized directions is measured. */
    private static final double DISTANCE = 0.5;

    /**
     * Sizes of network, data and surface.
     *
     * @param filters filters of each pair of convolutions
     * @param small images in a small batch
     * @param smallEpochs epochs with small batches
     * @param large images in a large batch
     * @param largeEpochs epochs with large batches
     * @param probe number of images on which the loss is measured
     */
    public record Size(List<Integer> filters, int small, int smallEpochs, int large, int largeEpochs, int probe) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(List.of(8, 16), 32, 8, 250, 25, 500);
        /** A larger network and larger batches; takes about an hour. */
        public static final Size FULL = new Size(List.of(16, 32, 64), 128, 20, 2500, 40, 2500);
    }

    /**
     * Trains all four networks, and compares the lines between them and the surfaces around them.
     *
     * @param directory receives runs, plot and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        MinimizerPair free = pair(0, directory);
        MinimizerPair decayed = pair(L2, directory);
        Path plot = directory.resolve("batch-size.png");
        MinimizerPlot.write(plot, List.of(free, decayed));
        console.line("plot: " + plot);
        findings.line("");
        findings.format(
                "%-18s %9s %8s %11s %14s %10s",
                "minimizer", "loss", "held out", "lambda_max", "width on line", "rise " + DISTANCE);
        for (MinimizerPair pair : List.of(free, decayed)) {
            row(findings, pair.small(), pair.smallWidth());
            row(findings, pair.large(), pair.largeWidth());
        }
        judge(findings, free, decayed);
        findings.write(directory);
    }

    private static void row(Findings findings, Minimizer minimizer, double width) {
        findings.format(
                "%-18s %9.4f %6.1f %% %11s %14.3f %10.3g",
                minimizer.name(),
                minimizer.frame().loss(),
                minimizer.heldOut(),
                minimizer
                        .frame()
                        .curvature()
                        .lambdaMax()
                        .map(value -> String.format(Locale.ROOT, "%.3g", value.value()))
                        .orElse("-"),
                width,
                minimizer.rise(DISTANCE));
    }

    private static void judge(Findings findings, MinimizerPair free, MinimizerPair decayed) {
        findings.claim(
                "On the line between them the small batch's minimizer is the wide one without weight decay, and the"
                        + " narrow one with it (Li et al. 2018, figure 2)",
                free.smallWidth() > free.largeWidth() && decayed.smallWidth() < decayed.largeWidth(),
                String.format(
                        Locale.ROOT,
                        "widths of small and large: %.2f and %.2f without (at a rise of %.2g), %.2f and %.2f with"
                                + " weight decay (%.2g)",
                        free.smallWidth(),
                        free.largeWidth(),
                        free.height(),
                        decayed.smallWidth(),
                        decayed.largeWidth(),
                        decayed.height()));
        findings.claim(
                "Along filter-normalized directions the small batch's minimizer is the flat one, with and without"
                        + " weight decay (Li et al. 2018, figures 3 and 4)",
                free.small().rise(DISTANCE) < free.large().rise(DISTANCE)
                        && decayed.small().rise(DISTANCE) < decayed.large().rise(DISTANCE),
                String.format(
                        Locale.ROOT,
                        "rise of small and large: %.3g and %.3g without, %.3g and %.3g with weight decay",
                        free.small().rise(DISTANCE),
                        free.large().rise(DISTANCE),
                        decayed.small().rise(DISTANCE),
                        decayed.large().rise(DISTANCE)));
        findings.claim(
                "BatchNorm's statistics must move too (the reference's states): with weights alone the far end of"
                        + " the line is another network",
                MinimizerPair.atLarge(free.weights()) > 2 * MinimizerPair.atLarge(free.states()),
                String.format(
                        Locale.ROOT,
                        "loss at the large batch's end %.3g with weights alone, %.3g with statistics; its own is %.3g",
                        MinimizerPair.atLarge(free.weights()),
                        MinimizerPair.atLarge(free.states()),
                        free.large().frame().loss()));
    }

    private MinimizerPair pair(double l2, Path directory) {
        MultiLayerNetwork small = network(l2);
        MultiLayerNetwork large = network(l2);
        String decay = l2 == 0 ? "" : "-decay";
        Frame ofSmall = train(small, size.small(), size.smallEpochs(), directory.resolve("small" + decay));
        Frame ofLarge = train(large, size.large(), size.largeEpochs(), directory.resolve("large" + decay));
        Probe probe = new Batches(images.training(), size.small(), seed).probe(size.probe());
        try (Objective train = ObjectiveChoice.of(small, probe, ObjectiveOptions.DEFAULT, true)
                        .objective();
                Objective validation = train.withProbe(validation())) {
            ModelInterpolation line = new ModelInterpolation(train, validation);
            INDArray from = small.params().dup();
            INDArray to = large.params().dup();
            return new MinimizerPair(
                    l2,
                    new Minimizer("small" + decay, ofSmall, curve(train, from)),
                    new Minimizer("large" + decay, ofLarge, curve(train, to)),
                    line.evaluate(BETWEEN, from, to, Moving.WEIGHTS, () -> false),
                    line.evaluate(BETWEEN, from, to, Moving.STATES, () -> false));
        }
    }

    private MultiLayerNetwork network(double l2) {
        MultiLayerNetwork network = new MultiLayerNetwork(new ConvolutionalNetwork(size.filters(), true, false)
                .configuration(images.training(), new Nesterovs(LEARNING_RATE, MOMENTUM), l2, seed));
        network.init();
        return network;
    }

    /** Trains, with a frame before and after. */
    private Frame train(MultiLayerNetwork network, int batch, int epochs, Path run) {
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %d epochs of %,d images in batches of %d: %s",
                run.getFileName(),
                network.numParams(),
                epochs,
                images.training().size(),
                batch,
                images.training().source()));
        Batches batches = new Batches(images.training(), batch, seed);
        List<Frame> frames = new MonitoredTraining(batches, epochs)
                .run(
                        network,
                        landscape -> landscape
                                .probe(batches.probe(size.probe()))
                                .validation(validation())
                                .schedule(Schedule.everyEpochs(epochs))
                                .grid(SURFACE)
                                .curvature(MonitoredTraining.EXTREMES)
                                .surface(SurfaceOptions.DEFAULT.withSeed(seed))
                                .recordTo(run),
                        console);
        return frames.get(frames.size() - 1);
    }

    private LossLine curve(Objective train, INDArray parameters) {
        Objective there = train.withConstants(new ParameterSnapshot(0, 0, parameters));
        INDArray theta = there.layout().pack(parameters);
        DirectionPair directions =
                new RandomDirections(seed, DirectionOptions.DEFAULT).at(DirectionContext.of(there, theta));
        return new LineEvaluator(there, null).evaluate(AROUND, theta, directions.delta(), () -> false);
    }

    private Probe validation() {
        return new Batches(images.validation().orElseThrow(), size.small(), seed).probe(size.probe());
    }
}
