package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;

/**
 * Networks that earlier versions of Deeplearning4j saved, as in its model zoo, have the outputs and the loss that these versions
 * computed. {@code former/make} among the resources made them.
 */
class FormerNetworksTest {

    private static final int EXAMPLES = 8;
    private static final int SIDE = 12;
    private static final int CLASSES = 3;

    /** Of single precision; 0.9 had an approximation of tanh. */
    private static final double ROUNDING = 5e-6;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "0.9.1, lenet, lenet",
        "0.9.1, lenet-updater, lenet",
        "0.9.1, residual, residual",
        "1.0.0-beta3, lenet, lenet",
        "1.0.0-beta3, residual, residual",
        "1.0.0-beta7, lenet-updater, lenet",
        "1.0.0-beta7, residual, residual"
    })
    void theyComputeWhatTheyDid(String version, String name, String values) throws IOException {
        double[] former = new String(resource(version, values + ".txt"), StandardCharsets.US_ASCII)
                .lines()
                .mapToDouble(Double::parseDouble)
                .toArray();
        Model model = NetworkReader.read(zip(version, name)).model();
        INDArray features = name.equals("residual") ? features().reshape(EXAMPLES, 1, SIDE, SIDE) : features();
        INDArray output = model instanceof MultiLayerNetwork network
                ? network.output(features)
                : ((ComputationGraph) model).output(features)[0];
        for (int i = 0; i < EXAMPLES * CLASSES; i++) {
            assertThat(output.getDouble(i / CLASSES, i % CLASSES)).isCloseTo(former[1 + i], within(ROUNDING));
        }
        Probe probe = Probe.of(new DataSet(features, labels()));
        try (Objective objective =
                ObjectiveChoice.of(model, probe, ObjectiveOptions.DEFAULT, true).objective()) {
            double loss =
                    objective.evaluate(objective.layout().pack(model.params())).loss();
            assertThat(loss).isCloseTo(former[0], within(ROUNDING));
        }
    }

    @Test
    void theStateOfTheirUpdaterIsReadForTraining() throws IOException {
        for (String version : new String[] {"0.9.1", "1.0.0-beta3"}) {
            MultiLayerNetwork network = (MultiLayerNetwork)
                    NetworkReader.readForTraining(zip(version, "lenet-updater"), AllowedClasses.DEFAULT)
                            .model();
            INDArray state = network.getUpdater().getStateViewArray();
            // AdaDelta's two averages of squares.
            assertThat(state.length()).as(version).isEqualTo(2 * network.numParams());
            assertThat(state.minNumber().doubleValue()).as(version).isNotNegative();
            assertThat(state.maxNumber().doubleValue()).as(version).isPositive();
        }
    }

    private Path zip(String version, String name) throws IOException {
        return Files.write(directory.resolve(name + ".zip"), resource(version, name + ".zip"));
    }

    private static byte[] resource(String version, String name) throws IOException {
        try (InputStream in = FormerNetworksTest.class.getResourceAsStream("former/" + version + "/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** As in {@code former/FormerNetworks.java}. */
    private static INDArray features() {
        INDArray features = Nd4j.zeros(EXAMPLES, SIDE * SIDE);
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < SIDE * SIDE; j++) {
                features.putScalar(i, j, Math.sin(1.7 * i + 0.31 * j + 0.002 * i * j));
            }
        }
        return features;
    }

    private static INDArray labels() {
        INDArray labels = Nd4j.zeros(EXAMPLES, CLASSES);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return labels;
    }
}
