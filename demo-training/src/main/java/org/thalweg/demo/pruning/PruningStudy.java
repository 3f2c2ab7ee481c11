package org.thalweg.demo.pruning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.demo.ChartSheet;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.network.LeNet;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.TraceValue;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.scene.AxisScale;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart;
import org.thalweg.video.internal.scene.Chart.Curve;
import org.thalweg.video.internal.scene.RunFrames;

/**
 * One trained LeNet without its smallest weights, at several shares: what pruning does to the surface, to the spectrum of the
 * weights that are left, and to the loss on held-out images. Pruned weights stay zero on the planes and are no part of the
 * Hessians.
 *
 * @param images training and held-out images
 * @param size sizes of data and surface
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record PruningStudy(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 1e-3;

    /** Largest loss of held-out accuracy, in points, that counts as none. */
    private static final double NO_LOSS = 1;

    /** Surfaces in the picture. */
    private static final int SHOWN = 4;

    /**
     * Sizes of data and surface.
     *
     * @param epochs epochs to train
     * @param percents shares of pruned weights, ascending, the first 0
     * @param grid points on each side of a surface
     * @param probe number of images of the surface, and of held-out images
     * @param film options of the comparison's film
     */
    public record Size(int epochs, List<Integer> percents, int grid, int probe, FilmOptions film) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(4, List.of(0, 50, 80, 90, 95, 98), 25, 256, Comparison.FILM);
        /** More images and finer surfaces. */
        public static final Size FULL =
                new Size(6, List.of(0, 30, 50, 70, 80, 85, 90, 93, 95, 97, 98, 99), 51, 512, Comparison.FILM);

        public Size {
            percents = List.copyOf(percents);
        }
    }

    /** A pruned network, seen. */
    private record Pruned(int percent, long left, Frame frame) {

        double heldLoss() {
            return frame.validationLoss().orElse(Double.NaN);
        }

        double heldAccuracy() {
            return frame.validationAccuracy().orElse(Double.NaN);
        }

        double lambdaMax() {
            return frame.curvature().lambdaMax().map(Eigenvalue::value).orElse(Double.NaN);
        }

        double trace() {
            return frame.curvature().trace().map(TraceValue::value).orElse(Double.NaN);
        }

        double rise() {
            return SurfaceTable.rise(frame);
        }
    }

    /**
     * Trains the network, prunes it, judges the claim, and draws surfaces and curves.
     *
     * @param directory receives runs, film, pictures and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        MultiLayerNetwork network = trained();
        List<Pruned> all = new ArrayList<>();
        for (int percent : size.percents()) {
            console.line("pruning " + percent + " %");
            MultiLayerNetwork pruned = new MagnitudePruning(percent).of(network);
            Frame frame = look(pruned, directory.resolve(name(percent)));
            all.add(new Pruned(percent, MagnitudePruning.left(pruned), frame));
        }
        findings.line("");
        findings.line(SurfaceTable.HEADER);
        all.forEach(pruned -> findings.line(SurfaceTable.row(
                String.format(Locale.ROOT, "%d %% (%,d left)", pruned.percent(), pruned.left()), pruned.frame())));
        judge(findings, all);
        ChartSheet.write(
                directory.resolve("pruning-curves.png"),
                List.of(
                        List.of(
                                chart("Loss on held-out images", Kind.LOGARITHMIC, all, Pruned::heldLoss),
                                chart("Held-out accuracy, %", Kind.LINEAR, all, Pruned::heldAccuracy)),
                        List.of(
                                chart("lambda_max of the weights left", Kind.LOGARITHMIC, all, Pruned::lambdaMax),
                                chart("Mean rise of the loss at radius 0.5", Kind.LOGARITHMIC, all, Pruned::rise))),
                List.of(480, 480));
        compare(directory);
        findings.write(directory);
    }

    private MultiLayerNetwork trained() {
        LabelledImages training = images.training();
        MultiLayerNetwork network = new MultiLayerNetwork(LeNet.configuration(
                training.rows(), training.columns(), LabelledImages.CLASSES, new Adam(LEARNING_RATE), seed));
        network.init();
        console.line(String.format(
                Locale.ROOT,
                "LeNet: %,d parameters, %d epochs of %,d images: %s",
                network.numParams(),
                size.epochs(),
                training.size(),
                training.source()));
        Batches batches = new Batches(training, BATCH, seed);
        for (int epoch = 0; epoch < size.epochs(); epoch++) {
            network.fit(batches.epoch(epoch, batches.perEpoch()));
        }
        return network;
    }

    private Frame look(MultiLayerNetwork network, Path run) {
        Probe probe = new Batches(images.training(), BATCH, seed).probe(size.probe());
        Probe held = new Batches(images.validation().orElseThrow(), BATCH, seed).probe(size.probe());
        return MonitoredTraining.look(
                network,
                to -> to.probe(probe)
                        .validation(held)
                        .surface(SurfaceOptions.DEFAULT
                                .withGrid(size.grid(), 1)
                                .withSeed(seed)
                                .withDirections(DirectionOptions.DEFAULT.withKeepPruned(true)))
                        .curvature(MonitoredTraining.EXTREMES.withTrace(TraceOptions.DEFAULT))
                        .recordTo(run));
    }

    private static void judge(Findings findings, List<Pruned> all) {
        Pruned whole = all.get(0);
        Pruned harmless = whole;
        for (Pruned pruned : all) {
            if (pruned.heldAccuracy() < whole.heldAccuracy() - NO_LOSS) {
                break;
            }
            harmless = pruned;
        }
        Pruned last = all.get(all.size() - 1);
        findings.claim(
                "Most weights of a trained network can be pruned at no loss of accuracy (Han et al. 2015, with"
                        + " retraining)",
                harmless.percent() > 50,
                String.format(
                        Locale.ROOT,
                        "without retraining, up to %d %% at a held-out accuracy within a point of %.1f %%: %.1f %%,"
                                + " loss %.3g for %.3g; at %d %% it is %.1f %%, loss %.3g",
                        harmless.percent(),
                        whole.heldAccuracy(),
                        harmless.heldAccuracy(),
                        harmless.heldLoss(),
                        whole.heldLoss(),
                        last.percent(),
                        last.heldAccuracy(),
                        last.heldLoss()));
        for (Pruned pruned : List.of(harmless, last)) {
            findings.format(
                    "at %d %% pruned, lambda_max is %.3g times that of all weights, the trace %.3g times, and the mean"
                            + " rise at radius 0.5 %.3g times",
                    pruned.percent(),
                    pruned.lambdaMax() / whole.lambdaMax(),
                    pruned.trace() / whole.trace(),
                    pruned.rise() / whole.rise());
        }
    }

    private static Chart chart(String title, Kind kind, List<Pruned> all, ToDoubleFunction<Pruned> value) {
        double[] percents = all.stream().mapToDouble(Pruned::percent).toArray();
        double[] values = all.stream().mapToDouble(value).toArray();
        return new Chart(
                title,
                List.of(new Curve("", 0, percents, values, new double[values.length])),
                AxisScale.showing(kind, values),
                "% pruned");
    }

    /** Some of the shares, with the first and the last among them. */
    private void compare(Path directory) throws IOException {
        List<RunFrames> runs = new ArrayList<>();
        int count = size.percents().size();
        int shown = Math.min(SHOWN, count);
        for (int i = 0; i < shown; i++) {
            runs.add(RunFrames.open(directory.resolve(name(size.percents().get(i * (count - 1) / (shown - 1))))));
        }
        new Comparison(runs).write(size.film(), directory, "pruning", console);
    }

    private static String name(int percent) {
        return "pruned-" + percent;
    }
}
