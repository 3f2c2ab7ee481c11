package org.thalweg.demo.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.analysis.ConvexityMap;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.demo.convexity.ConvexityAgreement;
import org.thalweg.demo.convexity.ConvexityPlot;
import org.thalweg.demo.convexity.ConvexityStudy;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.frame.Frame;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.surface.Grid;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.scene.RunFrames;

/**
 * Follows the minimizer with a close and a distant camera, and asks two questions at the end. Does a surface that
 * looks convex reflect the Hessian? (H. Li et al., "Visualizing the loss landscape of neural nets", NeurIPS 2018,
 * section 6, say yes: negative eigenvalues are negligible there.) And does a twentieth of the images show what all of
 * them show?
 *
 * @param images training images
 * @param size sizes of network, data and surface
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record FollowMinimizer(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 2e-3;
    /** The probe has one of this many images. */
    private static final int SAMPLE = 20;
    /** A sample with a smaller relative error counts as equal to all images. */
    private static final double SMALL = 0.1;

    /** Zoom of the cameras: the range is 1 divided by it. */
    private static final double FAR = 0.4;

    private static final double CLOSE = 2;

    /**
     * Sizes of network, data and surface.
     *
     * @param filters filters of each pair of convolutions
     * @param epochs epochs to train, a frame after each
     * @param grid points on each side of the surfaces
     * @param map points on each side of the convexity map, a subset of the grid
     * @param compared points on each side of the surfaces on the probe and on all images
     * @param eigenvalues number of eigenvalues of each end on the probe and on all images
     * @param film options of the film
     */
    public record Size(
            List<Integer> filters, int epochs, int grid, int map, int compared, int eigenvalues, FilmOptions film) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(List.of(8, 16), 6, 25, 9, 25, 3, Comparison.FILM);
        /** Surfaces of 101 x 101 points; fewer on all images, where a point takes twenty times as long. */
        public static final Size FULL = new Size(List.of(16, 32), 5, 101, 11, 51, 5, Comparison.FILM);
    }

    /**
     * Trains, follows the minimizer, and answers both questions.
     *
     * @param directory receives runs, film and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        MultiLayerNetwork network = new MultiLayerNetwork(new ConvolutionalNetwork(size.filters(), false, false)
                .configuration(images.training(), new Adam(LEARNING_RATE), 0, seed));
        network.init();
        Batches batches = new Batches(images.training(), BATCH, seed);
        Probe sample = batches.probe(images.training().size() / SAMPLE);
        Grid grid = Grid.square(size.grid(), 1);
        console.line(String.format(
                Locale.ROOT,
                "%,d parameters, %d epochs of %,d images: %s",
                network.numParams(),
                size.epochs(),
                images.training().size(),
                images.training().source()));
        List<Frame> ride = ride(network, batches, sample, grid, directory);
        new Comparison(RunFrames.open(directory.resolve("zoom-0.4")), RunFrames.open(directory.resolve("zoom-2")))
                .write(size.film(), directory, "ride", console);
        judgeConvexity(findings, ride.get(ride.size() - 1), network, sample, grid, directory);
        judgeProbe(findings, network, batches, directory);
        findings.write(directory);
    }

    /** Trains with three cameras and returns the frames of the middle one. */
    private List<Frame> ride(MultiLayerNetwork network, Batches batches, Probe sample, Grid grid, Path directory) {
        try (LandscapeListener far = camera(network, sample, grid.zoomed(FAR), directory.resolve("zoom-0.4"));
                LandscapeListener close = camera(network, sample, grid.zoomed(CLOSE), directory.resolve("zoom-2"))) {
            network.addListeners(far, close);
            return new MonitoredTraining(batches, size.epochs())
                    .run(network, landscape -> view(landscape, sample, grid, directory.resolve("zoom-1")), console);
        }
    }

    private LandscapeListener camera(MultiLayerNetwork network, Probe sample, Grid grid, Path run) {
        return view(LandscapeListener.builder(network), sample, grid, run)
                .pacing(MonitoredTraining.EVERY_FRAME)
                .build();
    }

    private SurfaceOptions surface(Grid grid) {
        // Convexity is judged by computed points.
        return SurfaceOptions.DEFAULT.withGrid(grid).withSeed(seed).withAllPoints();
    }

    /** Surfaces only: the spectrum would be the same three times. */
    private LandscapeListenerBuilder view(LandscapeListenerBuilder landscape, Probe sample, Grid grid, Path run) {
        return landscape.probe(sample).surface(surface(grid)).eigenvalues(0).recordTo(run);
    }

    private void judgeConvexity(
            Findings findings, Frame last, MultiLayerNetwork network, Probe sample, Grid grid, Path directory)
            throws IOException {
        ConvexityStudy look =
                ConvexityStudy.at("ride", last, network, sample, new ConvexityMap(grid, size.map()), seed, console);
        look.write(
                directory.resolve("convexity.h5"),
                RunReader.open(directory.resolve("zoom-1")).provenance());
        ConvexityPlot.write(directory.resolve("convexity.png"), List.of(look));
        ConvexityAgreement agreement = look.agreement();
        findings.line("");
        findings.format(
                "|lambda_min / lambda_max| on %d x %d points of the surface, beta upwards", size.map(), size.map());
        look.table().forEach(findings::line);
        if (agreement.convex().isEmpty() || agreement.notConvex().isEmpty()) {
            findings.line("all inner points of the surface look alike, so there is nothing to compare");
            return;
        }
        findings.claim(
                "Where the surface looks convex, negative eigenvalues are negligible (Li et al. 2018, section 6,"
                        + " figure 7)",
                agreement.medianConvex() < agreement.medianNotConvex(),
                String.format(
                        Locale.ROOT,
                        "median ratio %.3g at %d points that look convex, %.3g at %d that do not",
                        agreement.medianConvex(),
                        agreement.convex().size(),
                        agreement.medianNotConvex(),
                        agreement.notConvex().size()));
    }

    private void judgeProbe(Findings findings, MultiLayerNetwork network, Batches batches, Path directory) {
        Grid grid = Grid.square(size.compared(), 1);
        int all = images.training().size();
        Frame few = look(network, batches.probe(all / SAMPLE), grid, directory.resolve("on-a-twentieth"));
        Frame many = look(network, batches.probe(all), grid, directory.resolve("on-all"));
        ProbeComparison comparison = new ProbeComparison(few, many);
        findings.line("");
        findings.line(SurfaceTable.HEADER);
        findings.line(SurfaceTable.row(all / SAMPLE + " images", few));
        findings.line(SurfaceTable.row(all + " images", many));
        comparison.spectra().forEach(findings::line);
        findings.claim(
                "A probe of 5 % of the images shows the surface of all of them",
                comparison.medianDifference() < SMALL,
                String.format(
                        Locale.ROOT,
                        "the loss is off by %.1f %% by the median over all points, the rise at radius 0.5 by %+.1f %%",
                        100 * comparison.medianDifference(),
                        100 * comparison.riseDifference()));
        findings.claim(
                "and their largest Hessian eigenvalue",
                Math.abs(comparison.sharpnessDifference()) < SMALL,
                String.format(Locale.ROOT, "it is off by %+.1f %%", 100 * comparison.sharpnessDifference()));
    }

    private Frame look(MultiLayerNetwork network, Probe probe, Grid grid, Path run) {
        return MonitoredTraining.look(
                network,
                landscape -> landscape
                        .probe(probe)
                        .surface(surface(grid))
                        .eigenvalues(size.eigenvalues())
                        .recordTo(run));
    }
}
