package org.thalweg.demo.residual;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.demo.WatchedTraining;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.frame.Frame;
import org.thalweg.listener.Schedule;
import org.thalweg.objective.Probe;
import org.thalweg.surface.Grid;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.scene.RecordedFrames;

/**
 * Repeats the observation of H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein ("Visualizing the loss landscape of neural
 * nets", NeurIPS 2018, figures 1 and 5, section 5.2): the surface around the minimizer of a deep network is chaotic without
 * shortcuts, and smooth and flat with them.
 *
 * @param images what is trained on, some held out
 * @param size how large all is
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record SkipVsPlain(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final int EPOCHS_A_FRAME = 2;

    private static final double L2 = 5e-4;

    /**
     * How large all is.
     *
     * @param blocks blocks a stage
     * @param filters filters of the first stage
     * @param learningRate of Adam
     * @param epochs epochs to train
     * @param grid points a side of the surface
     * @param probe images of the surface
     * @param film how the comparison is filmed
     */
    public record Size(
            int blocks, int filters, double learningRate, int epochs, int grid, int probe, FilmOptions film) {
        /** For minutes. */
        public static final Size DEFAULT = new Size(4, 8, 2e-3, 4, 25, 128, Comparison.FILM);
        /** The filters and the grid of the source. */
        public static final Size FULL = new Size(9, 16, 1e-3, 30, 51, 1024, Comparison.FILM);
    }

    /**
     * Trains both, says what came out, and shows them side by side.
     *
     * @param directory where the runs, the film and the findings go
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        ResidualNetwork residual = new ResidualNetwork(size.blocks(), size.filters(), true);
        ResidualNetwork plain = new ResidualNetwork(size.blocks(), size.filters(), false);
        Frame smooth = last(train(residual, directory));
        Frame chaotic = last(train(plain, directory));
        new Comparison(
                        RecordedFrames.open(directory.resolve(residual.name())),
                        RecordedFrames.open(directory.resolve(plain.name())))
                .write(size.film(), directory, "skip-vs-plain", console);
        findings.line("");
        findings.line(SurfaceTable.HEADER);
        findings.line(SurfaceTable.row(residual.name(), smooth));
        findings.line(SurfaceTable.row(plain.name(), chaotic));
        judge(findings, smooth, chaotic);
        findings.write(directory);
    }

    private void judge(Findings findings, Frame smooth, Frame chaotic) {
        int hollows = SurfaceTable.shape(smooth).hollows();
        int without = SurfaceTable.shape(chaotic).hollows();
        findings.claim(
                "Without shortcuts the surface of a deep network is chaotic, with them it is smooth (Li et al. 2018,"
                        + " figures 1 and 5)",
                without > hollows,
                String.format(Locale.ROOT, "%d hollows without, %d with them", without, hollows));
        findings.claim(
                "Shortcuts keep minimizers flat (Li et al. 2018, section 5.2)",
                SurfaceTable.rise(chaotic) > SurfaceTable.rise(smooth),
                String.format(
                        Locale.ROOT,
                        "mean rise at radius 0.5 is %.3g without, %.3g with them",
                        SurfaceTable.rise(chaotic),
                        SurfaceTable.rise(smooth)));
        double gap = smooth.validationAccuracy().orElseThrow()
                - chaotic.validationAccuracy().orElseThrow();
        findings.claim(
                "Flat and smooth comes with low test error (Li et al. 2018, section 5.5)",
                gap > 0,
                String.format(Locale.ROOT, "%.1f %% more of the held-out images right with shortcuts", gap));
    }

    private List<Frame> train(ResidualNetwork network, Path directory) {
        ComputationGraph graph =
                new ComputationGraph(network.configuration(images.training(), new Adam(size.learningRate()), L2, seed));
        graph.init();
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %d epochs of %,d images: %s",
                network.name(),
                graph.numParams(),
                size.epochs(),
                images.training().size(),
                images.training().source()));
        Batches batches = new Batches(images.training(), BATCH, seed);
        return new WatchedTraining(batches, size.epochs())
                .run(
                        graph,
                        landscape -> landscape
                                .probe(batches.probe(size.probe()))
                                .validation(validation())
                                .grid(Grid.square(size.grid(), 1))
                                .schedule(Schedule.everyEpochs(EPOCHS_A_FRAME))
                                .curvature(WatchedTraining.EXTREMES)
                                .seed(seed)
                                .recordTo(directory.resolve(network.name())),
                        console);
    }

    private Probe validation() {
        return new Batches(images.validation().orElseThrow(), BATCH, seed).probe(size.probe());
    }

    private static Frame last(List<Frame> frames) {
        return frames.get(frames.size() - 1);
    }
}
