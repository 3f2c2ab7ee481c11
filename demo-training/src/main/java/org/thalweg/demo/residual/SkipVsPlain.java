package org.thalweg.demo.residual;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.analysis.ConvexityMap;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.demo.convexity.ConvexityPlot;
import org.thalweg.demo.convexity.ConvexityStudy;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ResidualNetwork;
import org.thalweg.frame.Frame;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.surface.Grid;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.scene.RunFrames;

/**
 * Repeats the observation of H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein ("Visualizing the loss landscape of
 * neural nets", NeurIPS 2018, figures 1, 5 and 7, sections 5.2 and 6): the surface around the minimizer of a deep
 * network is chaotic without shortcuts, and smooth and flat with them; and points that look chaotic have large
 * negative eigenvalues.
 *
 * @param images training and held-out images
 * @param size sizes of network, data and surface
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record SkipVsPlain(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final double L2 = 5e-4;

    /**
     * Sizes of network, data and surface.
     *
     * @param blocks blocks in a stage
     * @param filters filters of the first stage
     * @param learningRate learning rate of Adam
     * @param epochs epochs to train
     * @param epochsAFrame epochs between frames
     * @param grid points on each side of the surface
     * @param map points on each side of the convexity map, a subset of the grid
     * @param probe number of images of the surface
     * @param film options of the comparison's film
     */
    public record Size(
            int blocks,
            int filters,
            double learningRate,
            int epochs,
            int epochsAFrame,
            int grid,
            int map,
            int probe,
            FilmOptions film) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(4, 8, 2e-3, 4, 2, 25, 7, 128, Comparison.FILM);
        /** The source's depth and filters, with a smaller probe and map, which would otherwise take hours. */
        public static final Size FULL = new Size(9, 16, 2e-3, 4, 4, 25, 5, 64, Comparison.FILM);
    }

    /**
     * Trains both networks, judges the claims, and films them side by side.
     *
     * @param directory receives runs, film and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        ResidualNetwork residual = new ResidualNetwork(size.blocks(), size.filters(), true);
        ResidualNetwork plain = new ResidualNetwork(size.blocks(), size.filters(), false);
        ConvexityStudy smooth = train(residual, directory);
        ConvexityStudy chaotic = train(plain, directory);
        new Comparison(
                        RunFrames.open(directory.resolve(residual.name())),
                        RunFrames.open(directory.resolve(plain.name())))
                .write(size.film(), directory, "skip-vs-plain", console);
        ConvexityPlot.write(directory.resolve("convexity.png"), List.of(smooth, chaotic));
        findings.line("");
        findings.line(SurfaceTable.HEADER);
        for (ConvexityStudy look : List.of(smooth, chaotic)) {
            findings.line(SurfaceTable.row(look.name(), look.frame()));
        }
        for (ConvexityStudy look : List.of(smooth, chaotic)) {
            findings.line("");
            findings.format(
                    "%s: |lambda_min / lambda_max| on %d x %d points of the surface, beta upwards",
                    look.name(), size.map(), size.map());
            look.table().forEach(findings::line);
        }
        judge(findings, smooth.frame(), chaotic.frame());
        judgeConvexity(findings, smooth, chaotic);
        findings.write(directory);
    }

    private void judge(Findings findings, Frame smooth, Frame chaotic) {
        int minima = SurfaceTable.minima(smooth);
        int without = SurfaceTable.minima(chaotic);
        findings.claim(
                "Without shortcuts the surface of a deep network is chaotic, with them it is smooth (Li et al. 2018,"
                        + " figures 1 and 5)",
                without > minima,
                String.format(Locale.ROOT, "%d local minima without, %d with them", without, minima));
        findings.claim(
                "Shortcuts keep minimizers flat (Li et al. 2018, section 5.2)",
                SurfaceTable.rise(chaotic) > SurfaceTable.rise(smooth),
                String.format(
                        Locale.ROOT,
                        "mean rise at radius 0.5: %.3g without, %.3g with them",
                        SurfaceTable.rise(chaotic),
                        SurfaceTable.rise(smooth)));
        double gap = smooth.validationAccuracy().orElseThrow()
                - chaotic.validationAccuracy().orElseThrow();
        findings.claim(
                "Flat and smooth comes with low test error (Li et al. 2018, section 5.5)",
                gap > 0,
                String.format(Locale.ROOT, "%.1f %% more of the held-out images right with shortcuts", gap));
    }

    private static void judgeConvexity(Findings findings, ConvexityStudy smooth, ConvexityStudy chaotic) {
        findings.claim(
                "What looks chaotic has large negative eigenvalues, what looks smooth does not (Li et al. 2018,"
                        + " section 6, figure 7)",
                chaotic.median() > smooth.median(),
                String.format(
                        Locale.ROOT,
                        "median of |lambda_min / lambda_max| over all points is %.3g without, %.3g with them",
                        chaotic.median(),
                        smooth.median()));
    }

    /** Trains, films, and computes eigenvalues over the whole last surface. */
    private ConvexityStudy train(ResidualNetwork network, Path directory) throws IOException {
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
        Probe probe = batches.probe(size.probe());
        Grid grid = Grid.square(size.grid(), 1);
        Path run = directory.resolve(network.name());
        List<Frame> frames = new MonitoredTraining(batches, size.epochs())
                .run(
                        graph,
                        landscape -> landscape
                                .probe(probe)
                                .validation(validation())
                                .surface(SurfaceOptions.DEFAULT
                                        .withGrid(grid)
                                        .withSeed(seed)
                                        // Minima are counted among computed points.
                                        .withAllPoints())
                                .schedule(Schedule.everyEpochs(size.epochsAFrame()))
                                .curvature(MonitoredTraining.EXTREMES)
                                .recordTo(run),
                        console);
        ConvexityStudy look = ConvexityStudy.at(
                network.name(),
                frames.get(frames.size() - 1),
                graph,
                probe,
                new ConvexityMap(grid, size.map()),
                seed,
                console);
        look.write(
                directory.resolve(network.name() + "-convexity.h5"),
                RunReader.open(run).provenance());
        return look;
    }

    private Probe validation() {
        return new Batches(images.validation().orElseThrow(), BATCH, seed).probe(size.probe());
    }
}
