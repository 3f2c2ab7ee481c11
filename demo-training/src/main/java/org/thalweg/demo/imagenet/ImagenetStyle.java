package org.thalweg.demo.imagenet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.data.NetworkReader;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.frame.Frame;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/**
 * A network of ImageNet's size, read from its file: ResNet-50 in Deeplearning4j's configuration with random weights
 * is saved and read back, and a small surface is drawn with its time and memory. Its losses mean nothing, since the
 * weights are random, but cost as much as those of a trained network.
 *
 * @param images input images, which are enlarged
 * @param size sizes of network, data and surface
 * @param seed seed of weights and directions
 * @param console where to report
 */
public record ImagenetStyle(LabelledImages images, Size size, long seed, Console console) {

    private static final int COLOURS = 3;
    private static final double MEGABYTE = 1e6;

    /**
     * Sizes of network, data and surface.
     *
     * @param blocks number of blocks of each stage
     * @param width filters of the first stage's 3 x 3 convolutions
     * @param side width and height of the images in pixels
     * @param classes number of classes, at least ten
     * @param probe number of images
     * @param grid points on each side of the surface
     * @param memoryBudget bytes for the network's activations; batches are as large as fits
     */
    public record Size(List<Integer> blocks, int width, int side, int classes, int probe, int grid, long memoryBudget) {
        /** ResNet-50 at 224 x 224 on a small grid. */
        public static final Size DEFAULT = new Size(List.of(3, 4, 6, 3), 64, 224, 1000, 4, 3, 1L << 30);
        /** A finer grid and more images. */
        public static final Size FULL = new Size(List.of(3, 4, 6, 3), 64, 224, 1000, 16, 11, 2L << 30);
    }

    /**
     * Saves the network, reads it back, and draws a surface of it.
     *
     * @param directory receives the model, the run and the findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        Path file = directory.resolve("model.zip");
        save(file);
        long start = System.nanoTime();
        Model network = NetworkReader.read(file).model();
        findings.format(
                "%s: %.0f MB, %,d parameters, read in %.1f s",
                file.getFileName(),
                Files.size(file) / MEGABYTE,
                network.numParams(),
                (System.nanoTime() - start) / 1e9);
        Frame frame = MonitoredTraining.look(
                network,
                landscape -> landscape
                        .probe(probe())
                        .surface(SurfaceOptions.DEFAULT.withGrid(size.grid(), 1).withSeed(seed))
                        .objective(ObjectiveOptions.DEFAULT.withMemoryBudget(size.memoryBudget()))
                        .eigenvalues(0)
                        .recordTo(directory.resolve("run")));
        int points = frame.surface().evaluatedPoints();
        double seconds = frame.seconds().getOrDefault("surface", Double.NaN);
        findings.format(
                "%d points of %d images of %d x %d: %.1f s, %.2f s a point",
                points, size.probe(), size.side(), size.side(), seconds, seconds / points);
        findings.format(
                "memory: a budget of %.0f MB for activations, %.0f MB for the whole process",
                size.memoryBudget() / MEGABYTE, Pointer.physicalBytes() / MEGABYTE);
        findings.write(directory);
    }

    private void save(Path file) throws IOException {
        ComputationGraph graph = new ComputationGraph(
                new BottleneckNetwork(size.blocks(), size.width(), size.side(), size.classes()).configuration(seed));
        graph.init();
        console.line(String.format(
                Locale.ROOT,
                "residual network of bottlenecks: %,d parameters, %d x %d pixels, %,d classes",
                graph.numParams(),
                size.side(),
                size.side(),
                size.classes()));
        ModelSerializer.writeModel(graph, file.toFile(), false);
        graph.close();
    }

    /** The first images, enlarged to the network's size, with three equal colour channels. */
    private Probe probe() {
        int count = Math.min(size.probe(), images.size());
        int side = size.side();
        float[] pixels = new float[count * COLOURS * side * side];
        INDArray labels = Nd4j.zeros(count, size.classes());
        for (int image = 0; image < count; image++) {
            labels.putScalar(image, images.labels()[image], 1);
            for (int p = 0; p < COLOURS * side * side; p++) {
                int row = p / side % side * images.rows() / side;
                int column = p % side * images.columns() / side;
                int from = (image * images.rows() + row) * images.columns() + column;
                pixels[image * COLOURS * side * side + p] = (images.pixels()[from] & 0xff) / 255f;
            }
        }
        return Probe.of(Nd4j.createFromArray(pixels).reshape(count, COLOURS, side, side), labels)
                .from("enlarged, " + images.source());
    }
}
