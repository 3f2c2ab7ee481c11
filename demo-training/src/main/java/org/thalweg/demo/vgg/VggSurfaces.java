package org.thalweg.demo.vgg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.internal.values.GridValues;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.StepProgress;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunRecorder;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.scene.RunFrames;

/**
 * The surface of R. Luciani, H. Huang and S. Danisch, "Efficient Neural Network Loss Landscape Generation" (2019): a
 * VGG of 13 layers with BatchNorm, 51 x 51 points, normalized by filter and by layer, and in the note's own
 * parameterizations. The note's image took 4 minutes on a K80, and 60 with the reference implementation on four GTX
 * 1080 Ti.
 *
 * @param images training and held-out images
 * @param size sizes of network, data and surface
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record VggSurfaces(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final double RANGE = 2.5;
    /** Surfaces with a higher correlation look nearly the same. */
    private static final double ALIKE = 0.9;

    /**
     * Sizes of network, data and surface.
     *
     * @param width filters of the first block
     * @param learningRate learning rate of Adam
     * @param epochs epochs to train
     * @param grid points on each side of the surfaces
     * @param probe number of images of the surfaces
     * @param film options of the comparison's film
     */
    public record Size(int width, double learningRate, int epochs, int grid, int probe, FilmOptions film) {
        /** The note's depth and grid, an eighth of its width. */
        public static final Size DEFAULT = new Size(8, 1e-3, 6, 51, 64, Comparison.FILM);
        /** The note's width: 27 million parameters, for which the smaller network's steps are too large. */
        public static final Size FULL = new Size(64, 1e-4, 3, 51, 64, Comparison.FILM);
    }

    /**
     * Trains the network and draws its surfaces.
     *
     * @param directory receives runs, film and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        MultiLayerNetwork network = new MultiLayerNetwork(
                new VggNetwork(size.width()).configuration(images.training(), size.learningRate(), seed));
        network.init();
        console.line(String.format(
                Locale.ROOT,
                "VGG of 13 layers: %,d parameters, %d epochs of %,d images: %s",
                network.numParams(),
                size.epochs(),
                images.training().size(),
                images.training().source()));
        Batches batches = new Batches(images.training(), BATCH, seed);
        Path training = directory.resolve("training");
        List<Frame> frames = new MonitoredTraining(batches, size.epochs())
                .run(
                        network,
                        landscape -> landscape
                                .probe(batches.probe(size.probe()))
                                .validation(
                                        new Batches(images.validation().orElseThrow(), BATCH, seed).probe(size.probe()))
                                .surface(SurfaceOptions.DEFAULT.withGrid(3, 1).withSeed(seed))
                                .recordTo(training),
                        console);
        Surfaces seen = surfaces(network, frames.get(frames.size() - 1), batches, directory);
        new Comparison(
                        RunFrames.open(directory.resolve(VggPlane.FILTER.label())),
                        RunFrames.open(directory.resolve(VggPlane.BARYCENTRIC.label())))
                .write(size.film(), directory, "vgg-surfaces", console);
        report(findings, seen);
        findings.write(directory);
    }

    /**
     * The surfaces.
     *
     * @param kinds one surface of each kind
     * @param again the first kind in other random directions
     */
    private record Surfaces(Map<VggPlane, Frame> kinds, Frame again) {}

    private void report(Findings findings, Surfaces seen) {
        findings.line("");
        findings.line(SurfaceTable.HEADER);
        seen.kinds().forEach((kind, frame) -> findings.line(SurfaceTable.row(kind.label(), frame)));
        seen.kinds()
                .forEach((kind, frame) -> findings.format(
                        "%s: %d points in %.1f s, %.1f ms a point",
                        kind.label(),
                        frame.surface().evaluatedPoints(),
                        frame.totalSeconds(),
                        1000 * frame.totalSeconds() / frame.surface().evaluatedPoints()));
        double minutes = seen.again().totalSeconds() / 60;
        findings.format(
                "time of a surface: %.1f minutes here, for %d x %d points, %d images and %d filters in the first"
                        + " block; the note's of 51 x 51 points and 64 filters took 4 on a K80, the reference's 60 on four"
                        + " GTX 1080 Ti",
                minutes, size.grid(), size.grid(), size.probe(), size.width());
        double correlation = correlation(
                Objects.requireNonNull(seen.kinds().get(VggPlane.FILTER))
                        .surface()
                        .loss(),
                seen.again().surface().loss());
        findings.claim(
                "Whatever the random directions, the surface looks nearly the same (Luciani, Huang and Danisch 2019)",
                correlation > ALIKE,
                String.format(
                        Locale.ROOT,
                        "the logarithms of the loss in two pairs of directions have a correlation of %.3f",
                        correlation));
    }

    private Surfaces surfaces(MultiLayerNetwork network, Frame last, Batches batches, Path directory)
            throws IOException {
        RunProvenance provenance = RunReader.open(directory.resolve("training")).provenance();
        Probe probe = batches.probe(size.probe());
        Map<VggPlane, Frame> seen = new EnumMap<>(VggPlane.class);
        try (Objective objective = ObjectiveChoice.of(network, probe, ObjectiveOptions.DEFAULT, true)
                .objective()) {
            INDArray theta = objective.layout().pack(network.params());
            for (VggPlane kind : VggPlane.values()) {
                Frame frame = surface(objective, theta, kind, seed, last);
                seen.put(kind, frame);
                record(frame, named(provenance, kind), directory.resolve(kind.label()));
            }
            return new Surfaces(seen, surface(objective, theta, VggPlane.FILTER, seed + 1, last));
        }
    }

    /** Pearson correlation of the logarithms over all points. */
    private static double correlation(double[][] first, double[][] second) {
        return new PearsonsCorrelation().correlation(logarithms(first), logarithms(second));
    }

    private static double[] logarithms(double[][] losses) {
        return Arrays.stream(losses)
                .flatMapToDouble(Arrays::stream)
                .map(Math::log)
                .toArray();
    }

    private Frame surface(Objective objective, INDArray theta, VggPlane kind, long directions, Frame last) {
        Grid grid = Grid.square(size.grid(), RANGE);
        LossSurface surface = LossSurface.empty(grid, false);
        long start = System.nanoTime();
        try (StepProgress progress = new StepProgress(console, kind.label(), "point", grid.size())) {
            new SurfaceEvaluator(objective, null)
                    .fill(surface, theta, kind.at(objective, theta, directions), Integer.MAX_VALUE, () -> {
                        progress.at(surface.evaluatedPoints(), "");
                        return false;
                    });
        }
        return last.withoutArrays().toBuilder()
                .status(Frame.Status.COMPLETE)
                .objective(objective.name())
                .surface(GridValues.of(surface))
                .seconds(Map.of("total", (System.nanoTime() - start) / 1e9))
                .build();
    }

    private static RunProvenance named(RunProvenance of, VggPlane kind) {
        Map<String, Object> options = new HashMap<>(of.options());
        options.put("plane", kind.label());
        return new RunProvenance(
                kind.label(),
                of.versions(),
                of.device(),
                of.objective(),
                of.modelConfiguration(),
                of.parameters(),
                of.dataType(),
                options,
                of.probe(),
                of.probeSource());
    }

    private static void record(Frame frame, RunProvenance provenance, Path run) throws IOException {
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(provenance);
            recorder.frame(frame);
        }
    }
}
