package org.thalweg.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.frame.EstimateValues;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Shares of classes in closed form, and as PyTorch computes them. */
class ClassSharesTest {

    private static final int CLASSES = 3;

    private static final CurvatureOptions OPTIONS =
            CurvatureOptions.DEFAULT.withEigenvalues(2).withClasses();

    private static final ClassShares SHARES = new ClassShares(OPTIONS.eigenvalues());

    private final long seed = Seeds.fresh("ClassSharesTest");

    /**
     * For a single softmax layer and z = V^T x + b, where V and b are the parts of a vector, v^T H v is the mean over the examples of the
     * variance of z under the predicted probabilities.
     */
    @Test
    void sharesOfASoftmaxLayerAreVariances() {
        DataSet data = Networks.data(60, seed, 6);
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, seed)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(6)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        Probe probe = Probe.of(data);
        CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        try (CurvatureReport report = Curvature.report(objective, theta, FrameProbes.of(probe), OPTIONS)) {
            ClassReport found = report.find("classes", SHARES).orElseThrow();
            INDArray p = network.output(data.getFeatures());
            INDArray y = data.getLabels();
            INDArray loss = Transforms.log(p, true).muli(y).sum(1).neg();
            for (int rank = 0; rank < 2; rank++) {
                INDArray v = Objects.requireNonNull(report.largest().get(rank).vector());
                INDArray z = data.getFeatures()
                        .castTo(DataType.DOUBLE)
                        .mmul(block(objective, "0_W").of(v))
                        .addRowVector(block(objective, "0_b").of(v).reshape(1, CLASSES));
                INDArray mean = p.mul(z).sum(1);
                INDArray variance = p.mul(z).mul(z).sum(1).sub(mean.mul(mean));
                for (int c = 0; c < CLASSES; c++) {
                    INDArray of = y.getColumn(c).castTo(DataType.DOUBLE);
                    double share = of.mul(variance).sumNumber().doubleValue()
                            / variance.sumNumber().doubleValue();
                    assertThat(found.shares()[rank][c])
                            .as("class %d along vector %d, seed %d", c, rank, seed)
                            .isCloseTo(share, within(1e-9));
                    double count = of.sumNumber().doubleValue();
                    assertThat(found.examples()[c]).as("seed %d", seed).isEqualTo((int) count);
                    assertThat(found.loss()[c])
                            .as("seed %d", seed)
                            .isCloseTo(of.mul(loss).sumNumber().doubleValue() / count, within(1e-9));
                }
            }
            assertThat(report.absent()).isEmpty();
            EstimateValues values = SHARES.values(found);
            double top = Arrays.stream(found.shares()[0]).max().orElseThrow();
            assertThat(values.numbers()).containsEntry("top_share", top).containsEntry("products", 2.0);
            int topClass =
                    values.numbers().getOrDefault("top_class", Double.NaN).intValue();
            assertThat(found.shares()[0][topClass]).as("seed %d", seed).isEqualTo(top);
        }
    }

    @Test
    void pytorchFindsTheSameShares(@TempDir Path directory) throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        DataSet data = Networks.data(50, seed, 6);
        Probe probe = Probe.of(data);
        CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        try (CurvatureReport report = Curvature.report(objective, theta, FrameProbes.of(probe), OPTIONS)) {
            ClassReport found = report.find("classes", SHARES).orElseThrow();
            INDArray v = Objects.requireNonNull(report.largest().get(0).vector());
            write(directory, "inputs", data.getFeatures());
            write(directory, "labels", data.getLabels());
            write(directory, "batches", batches(objective, probe));
            for (int layer = 0; layer < 3; layer++) {
                for (String kind : List.of("W", "b")) {
                    ParameterBlock block = block(objective, layer + "_" + kind);
                    String name = (kind.equals("W") ? "weights-" : "bias-") + layer;
                    write(directory, name, block.of(theta));
                    write(directory, "vector-" + name, block.of(v));
                }
            }
            List<String> lines = Peers.python(
                            "/org/thalweg/curvature/class_shares.py", List.of("numpy", "scipy", "torch"), directory)
                    .lines()
                    .toList();
            assertThat(lines)
                    .as("seed %d", seed)
                    .hasSameSizeAs(Arrays.stream(found.classes()).boxed().toList());
            for (int c = 0; c < lines.size(); c++) {
                double[] expected = Arrays.stream(lines.get(c).split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                double[] ours = {
                    found.classes()[c],
                    found.examples()[c],
                    found.loss()[c],
                    found.lossBar()[c],
                    found.accuracy()[c],
                    found.accuracyBar()[c],
                    found.shares()[0][c],
                    found.shareBars()[0][c]
                };
                for (int i = 0; i < ours.length; i++) {
                    assertThat(ours[i])
                            .as("column %d of %s, seed %d", i, lines.get(c), seed)
                            .isCloseTo(expected[i], within(1e-8 * Math.max(1, Math.abs(expected[i]))));
                }
            }
        }
    }

    /** The batch of each example. */
    private static INDArray batches(CompiledObjective objective, Probe probe) {
        try (FrameObjectives objectives = new FrameObjectives(objective, FrameProbes.of(probe))) {
            INDArray numbers = Nd4j.zeros(DataType.DOUBLE, 1, probe.size());
            for (ProbePart batch : objectives.batches().parts()) {
                for (int example : batch.examples()) {
                    numbers.putScalar(0, example, batch.batchNumber());
                }
            }
            return numbers;
        }
    }

    /** A class in a single batch has nothing to compare; rates of 0 and 1 are not certain. */
    @Test
    void barsNeedTwoBatchesAndNoRateIsCertain() {
        ClassSpread spread = new ClassSpread(new double[][] {{3, 0, 0}, {2, 2, 2}});
        assertThat(spread.meanBars(new double[][] {{1, 0, 0}, {1, 2, 3}})[0]).isNaN();
        // Batch means 1, 2, 3: a standard error of 1 / sqrt(3), and Student's quantile with two degrees of freedom.
        assertThat(spread.meanBars(new double[][] {{1, 0, 0}, {1, 2, 3}})[1])
                .isCloseTo(4.302652729911275 / Math.sqrt(3), within(1e-9));
        // Wilson's interval of 10 in 10 begins at 1 / (1 + z^2 / 10).
        double z = 1.959963984540054;
        assertThat(ClassSpread.rateBar(100, 10)).isCloseTo(100 - 100 / (1 + z * z / 10), within(1e-9));
        assertThat(ClassSpread.rateBar(0, 10)).isCloseTo(ClassSpread.rateBar(100, 10), within(1e-9));
    }

    @Test
    void withoutClassesThereIsAReason() {
        Random random = new Random(seed);
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        DataSet soft = Networks.data(40, seed, 6);
        soft.setLabels(Transforms.softmax(Networks.normal(random, 40, CLASSES)));
        assertThat(reason(network, soft)).startsWith("labels: examples do not belong to one class each");
        DataSet few = Networks.data(7, seed, 6);
        few.setLabels(Nd4j.zeros(DataType.DOUBLE, 7, CLASSES));
        for (int row = 0; row < 7; row++) {
            few.getLabels().putScalar(row, row % CLASSES, 1);
        }
        assertThat(reason(network, few)).startsWith("probe: its 7 examples are too few for 3 classes");
    }

    private String reason(MultiLayerNetwork network, DataSet data) {
        Probe probe = Probe.of(data);
        CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        try (CurvatureReport report = Curvature.report(objective, theta, FrameProbes.of(probe), OPTIONS)) {
            return report.absent().getOrDefault("classes.shares", "none, but " + report.absent());
        }
    }

    private static ParameterBlock block(CompiledObjective objective, String key) {
        return objective.layout().blocks().stream()
                .filter(block -> block.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static void write(Path directory, String name, INDArray array) throws IOException {
        INDArray matrix = array.rank() == 1 ? array.reshape(1, array.length()) : array;
        double[][] rows = matrix.castTo(DataType.DOUBLE).toDoubleMatrix();
        Files.write(
                directory.resolve(name + ".csv"),
                Arrays.stream(rows)
                        .map(row ->
                                Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")))
                        .toList());
    }
}
