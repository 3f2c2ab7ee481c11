package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.Normalization;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.EstimateValues;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Random planes through a network with pruned weights, as PyTorch and SciPy evaluate them from the same draws. */
class RandomPlanesPeersTest {

    private static final int PLANES = 4;
    private static final int LAYERS = 3;

    private final long seed = Seeds.fresh("RandomPlanesPeersTest");
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pytorchFindsTheSameNumbers(boolean keepsPruned) throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        DataSet data = Networks.data(40, seed, 6);
        CompiledObjective objective = CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        prune(objective, theta);
        // Wide, so that some planes have several hollows, and different along the two axes.
        Grid grid = new Grid(new Axis(-6, 9, 16), new Axis(-8, 5, 14));
        RandomPlanes planes = RandomPlanes.of(PLANES)
                .withSeed(seed)
                .withDirections(DirectionOptions.DEFAULT.withKeepPruned(keepsPruned));
        DirectionPair drawn =
                new RandomDirections(seed + PLANES, planes.directions()).at(DirectionContext.of(objective, theta));
        Map<String, EstimateValues> found = planes.compare(objective, theta, drawn, grid, () -> false).stream()
                .collect(Collectors.toMap(Estimate::estimator, Estimate::values));

        write(objective, theta, data, grid, planes.points());
        List<String> lines = Peers.python(
                        "/org/thalweg/peers/random_planes.py",
                        List.of("numpy", "scipy", "torch"),
                        directory,
                        keepsPruned)
                .lines()
                .toList();
        assertThat(lines).hasSize(PLANES + 1);
        for (int plane = 0; plane <= PLANES; plane++) {
            double[] expected = Arrays.stream(lines.get(plane).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            // Losses of some ten are sums of some hundred rounded terms.
            double rounding = 1e-10 * Math.max(1, Math.abs(expected[0]));
            assertThat(value(found, "rise", plane))
                    .as("rise of plane %d, seed %d", plane, seed)
                    .isCloseTo(expected[0], within(rounding));
            assertThat(value(found, "convexity", plane))
                    .as("convexity of plane %d, seed %d", plane, seed)
                    .isBetween(expected[1] - 1e-12, expected[2] + 1e-12);
            assertThat(value(found, "persistence", plane))
                    .as("persistence of plane %d, seed %d", plane, seed)
                    .isCloseTo(expected[3], within(rounding));
        }
    }

    /** Of a random plane, or of the drawn one, which is the last. */
    private static double value(Map<String, EstimateValues> found, String number, int plane) {
        EstimateValues values = Objects.requireNonNull(found.get(number), number);
        return plane == PLANES
                ? values.numbers().getOrDefault("drawn", Double.NaN)
                : Objects.requireNonNull(values.arrays().get("values"), number)[plane];
    }

    /** Sets about a third of the weights to zero. */
    private void prune(CompiledObjective objective, INDArray theta) {
        for (int layer = 0; layer < LAYERS; layer++) {
            INDArray weights = block(objective, layer + "_W").of(theta);
            INDArray kept = Networks.normal(random, weights.shape()).gt(-0.4).castTo(DataType.DOUBLE);
            weights.muli(kept);
        }
    }

    private void write(CompiledObjective objective, INDArray theta, DataSet data, Grid grid, int points)
            throws IOException {
        write("inputs", data.getFeatures().castTo(DataType.DOUBLE).toDoubleMatrix());
        write("labels", data.getLabels().castTo(DataType.DOUBLE).toDoubleMatrix());
        write("alpha", coordinates(grid.alpha(), points));
        write("beta", coordinates(grid.beta(), points));
        for (int layer = 0; layer < LAYERS; layer++) {
            write("weights-" + layer, matrix(block(objective, layer + "_W").of(theta)));
            write("bias-" + layer, matrix(block(objective, layer + "_b").of(theta)));
        }
        DirectionOptions plain = DirectionOptions.DEFAULT.withNormalization(Normalization.NONE);
        for (int plane = 0; plane <= PLANES; plane++) {
            DirectionPair draws = new RandomDirections(seed + plane, plain).at(DirectionContext.of(objective, theta));
            Map<String, Function<DirectionPair, INDArray>> axes =
                    Map.of("delta-", DirectionPair::delta, "eta-", DirectionPair::eta);
            for (Map.Entry<String, Function<DirectionPair, INDArray>> axis : axes.entrySet()) {
                for (int layer = 0; layer < LAYERS; layer++) {
                    INDArray drawn = axis.getValue().apply(draws);
                    write(
                            axis.getKey() + plane + "-" + layer,
                            matrix(block(objective, layer + "_W").of(drawn)));
                }
            }
        }
    }

    private static double[][] coordinates(Axis axis, int points) {
        return new double[][] {new Axis(axis.from(), axis.to(), points).coordinates()};
    }

    private static double[][] matrix(INDArray array) {
        return (array.rank() == 1 ? array.reshape(1, array.length()) : array).toDoubleMatrix();
    }

    private static ParameterBlock block(CompiledObjective objective, String key) {
        return objective.layout().blocks().stream()
                .filter(block -> block.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private void write(String name, double[][] rows) throws IOException {
        Files.write(
                directory.resolve(name + ".csv"),
                Arrays.stream(rows)
                        .map(row ->
                                Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")))
                        .toList());
    }
}
