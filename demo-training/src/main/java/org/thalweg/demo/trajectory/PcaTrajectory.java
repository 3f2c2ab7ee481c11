package org.thalweg.demo.trajectory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.analysis.RunSnapshots;
import org.thalweg.analysis.TrajectoryAnalysis;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.StepProgress;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.surface.LossSurface;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.Scene.Cue;

/**
 * The paths of gradient descent and of Adam from one start, on the plane of their joint principal components, as H. Li,
 * Z. Xu, G. Taylor, C. Studer and T. Goldstein show for a single path ("Visualizing the loss landscape of neural nets",
 * NeurIPS 2018, section 7, figure 9), together with the error of the projection onto such a plane.
 *
 * @param images training images
 * @param size sizes of network, data and surface
 * @param seed seed of weights and batches
 * @param console where to report
 */
public record PcaTrajectory(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final double SGD_RATE = 0.02;
    private static final double ADAM_RATE = 1e-3;
    /** The smallest share of the variance that the source found in two dimensions. */
    private static final double EXPLAINED = 0.4;

    private static final FilmOptions PICTURE = FilmOptions.DEFAULT.withSize(1280, 720);

    /**
     * Sizes of network, data and surface.
     *
     * @param filters filters of each pair of convolutions
     * @param epochs epochs to train, a snapshot after each
     * @param grid points on each side of the contours
     * @param probe number of images on which the loss is measured
     */
    public record Size(List<Integer> filters, int epochs, int grid, int probe) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(List.of(8, 16), 12, 31, 512);
        /** As many epochs as the source trains before it lowers the learning rate. */
        public static final Size FULL = new Size(List.of(16, 32, 64), 150, 51, 2000);
    }

    /**
     * Trains both networks and shows them on one plane.
     *
     * @param directory receives runs, the file of the plane, the picture and the findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        Batches batches = new Batches(images.training(), BATCH, seed);
        Probe probe = batches.probe(size.probe());
        RunSnapshots sgd = train("sgd", new Sgd(SGD_RATE), batches, probe, directory);
        RunSnapshots adam = train("adam", new Adam(ADAM_RATE), batches, probe, directory);
        TrajectoryMap map;
        try (Objective objective = ObjectiveChoice.of(network(new Sgd(SGD_RATE)), probe, ObjectiveOptions.DEFAULT, true)
                .objective()) {
            map = map(TrajectoryAnalysis.ofComponents(objective, null, List.of(sgd, adam)));
        }
        TrajectoryFile.write(directory.resolve("pca-trajectory.h5"), map);
        draw(map, directory.resolve("pca-trajectory.png"));
        map.trajectories().forEach(way -> table(findings, way));
        judge(findings, map);
        findings.write(directory);
    }

    private MultiLayerNetwork network(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(new ConvolutionalNetwork(size.filters(), false, false)
                .configuration(images.training(), updater, 0, seed));
        network.init();
        return network;
    }

    private RunSnapshots train(String name, IUpdater updater, Batches batches, Probe probe, Path directory) {
        MultiLayerNetwork network = network(updater);
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %d epochs of %,d images: %s",
                name,
                network.numParams(),
                size.epochs(),
                images.training().size(),
                images.training().source()));
        Snapshots snapshots = new Snapshots(network, batches.perEpoch());
        network.addListeners(snapshots);
        new MonitoredTraining(batches, size.epochs())
                .run(
                        network,
                        landscape -> landscape
                                .probe(probe)
                                .grid(3)
                                .surface(SurfaceOptions.DEFAULT.withSeed(seed))
                                .eigenvalues(0)
                                .recording(RecordingOptions.DEFAULT.withWeights(true))
                                .recordTo(directory.resolve(name)),
                        console);
        return new RunSnapshots(name, snapshots.taken());
    }

    private TrajectoryMap map(TrajectoryAnalysis analysis) {
        LossSurface surface = analysis.empty(analysis.grid(size.grid()));
        try (StepProgress progress =
                new StepProgress(console, "contours", "point", surface.grid().size())) {
            analysis.fill(surface, () -> {
                progress.at(surface.evaluatedPoints(), "");
                return false;
            });
        }
        return analysis.map(surface);
    }

    private void draw(TrajectoryMap map, Path file) throws IOException {
        Picture picture = new Picture(PICTURE.width(), PICTURE.height());
        Scenes.of(map, PICTURE).draw(picture, new Cue(0, 0));
        PngFile.write(file, picture.pixels(), picture.width(), picture.height());
        console.line("picture: " + file);
    }

    private static void table(Findings findings, TrajectoryValues way) {
        findings.line("");
        findings.format(
                "%-6s %9s %9s %9s %11s %10s %10s %14s",
                way.run(), "iteration", "alpha", "beta", "off plane", "loss", "on plane", "true - plane");
        for (int i = 0; i < way.size(); i++) {
            findings.format(
                    "%16d %9.3f %9.3f %11.3f %10.4f %10.4f %+14.4f",
                    way.iterations()[i],
                    way.alpha()[i],
                    way.beta()[i],
                    way.distance()[i],
                    way.loss()[i],
                    way.planeLoss()[i],
                    way.loss()[i] - way.planeLoss()[i]);
        }
    }

    private static void judge(Findings findings, TrajectoryMap map) {
        double[] ratio = map.variance().orElseThrow().ratio();
        findings.claim(
                "Two dimensions hold 40 to 90 % of the variation of a descent path (Li et al. 2018, section 7.2)",
                ratio[0] + ratio[1] >= EXPLAINED,
                String.format(
                        Locale.ROOT,
                        "%.1f %% and %.1f %% of the variation of both paths together",
                        100 * ratio[0],
                        100 * ratio[1]));
        double off = map.trajectories().stream()
                .flatMapToDouble(way -> Arrays.stream(way.distance()))
                .max()
                .orElseThrow();
        double hidden = map.trajectories().stream()
                .mapToDouble(PcaTrajectory::concealed)
                .max()
                .orElseThrow();
        findings.format(
                "hidden  the paths are up to %.3g off the plane, and the loss below them up to %.3g times the true one",
                off, hidden);
    }

    /** The largest ratio between the loss on the plane and the true loss. */
    private static double concealed(TrajectoryValues way) {
        double[] loss = way.loss();
        double[] plane = way.planeLoss();
        double most = 1;
        for (int i = 0; i < loss.length; i++) {
            most = Math.max(most, Math.max(loss[i], plane[i]) / Math.min(loss[i], plane[i]));
        }
        return most;
    }
}
