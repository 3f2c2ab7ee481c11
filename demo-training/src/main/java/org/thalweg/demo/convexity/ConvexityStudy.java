package org.thalweg.demo.convexity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.ConvexityEvaluator;
import org.thalweg.analysis.ConvexityMap;
import org.thalweg.demo.Console;
import org.thalweg.demo.StepProgress;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.StudyFile;

/**
 * |lambda_min / lambda_max| of the Hessian on points of a frame's surface, as in H. Li et al., "Visualizing the loss
 * landscape of neural nets", NeurIPS 2018, section 6, figure 7: near 0 where negative curvature is negligible in all
 * directions, not just in those of the surface. Immutable.
 *
 * @param name name of the network
 * @param frame the frame whose surface contains the points
 * @param values eigenvalues, in the surface's shape
 */
public record ConvexityStudy(String name, Frame frame, ConvexityValues values) {

    /**
     * Computes the map of a network at a frame, in the frame's own random directions.
     *
     * @param network the network as of the frame
     * @param probe probe of the frame
     * @param map an empty map on the frame's grid
     * @param seed seed of the frame
     * @param console shows progress
     */
    public static ConvexityStudy at(
            String name, Frame frame, Model network, Probe probe, ConvexityMap map, long seed, Console console) {
        try (Objective objective = ObjectiveChoice.of(network, probe, ObjectiveOptions.DEFAULT, true)
                        .objective();
                StepProgress progress = new StepProgress(console, "convexity", "eigenvalues of point", map.size())) {
            INDArray theta = objective.layout().pack(network.params());
            DirectionPair directions =
                    new RandomDirections(seed, DirectionOptions.DEFAULT).at(DirectionContext.of(objective, theta));
            new ConvexityEvaluator(objective, ConvexityEvaluator.OPTIONS).fill(map, theta, directions, () -> {
                progress.at(map.evaluatedPoints(), "");
                return false;
            });
        }
        return new ConvexityStudy(name, frame, map.values());
    }

    /** Compares the points that look convex on the surface with all others. */
    public ConvexityAgreement agreement() {
        return ConvexityAgreement.of(SurfaceTable.shape(frame), values);
    }

    /** The ratio at the points of the map alone, {@code [side][side]}, row = beta. */
    double[][] ratios() {
        boolean[][] evaluated = values.evaluated();
        double[][] ratio = values.ratio();
        return IntStream.range(0, ratio.length)
                .mapToObj(row -> IntStream.range(0, ratio[row].length)
                        .filter(column -> evaluated[row][column])
                        .mapToDouble(column -> ratio[row][column])
                        .toArray())
                .filter(row -> row.length > 0)
                .toArray(double[][]::new);
    }

    /** Median of all points' ratios (not the ratio at the minimizer). */
    public double median() {
        return ConvexityAgreement.median(Arrays.stream(ratios())
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .boxed()
                .toList());
    }

    /** The map in numbers, one line for each beta, the largest first. */
    public List<String> table() {
        double[][] ratios = ratios();
        return IntStream.rangeClosed(1, ratios.length)
                .mapToObj(fromBelow -> ratios[ratios.length - fromBelow])
                .map(row -> Arrays.stream(row)
                        .mapToObj(ratio -> String.format(Locale.ROOT, "%8.3f", ratio))
                        .collect(Collectors.joining()))
                .toList();
    }

    /**
     * Writes surface and map to one file, as {@code thalweg analyze} does.
     *
     * @param file replaced
     * @param provenance provenance of the frame's run
     * @throws IOException if the file cannot be written; the message names it
     */
    public void write(Path file, RunProvenance provenance) throws IOException {
        StudyFile.write(file, new SurfaceStudy(provenance, frame, true, Optional.of(values)));
    }
}
