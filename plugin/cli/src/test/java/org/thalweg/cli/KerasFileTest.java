package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.data.ProbeReader;
import org.thalweg.data.ProbeReader.Part;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.testing.Fuzzing;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

class KerasFileTest {

    private static final List<String> SMOOTH =
            List.of("dense.h5", "lstm.h5", "regression.h5", "binary.h5", "functional.h5");
    private static final List<String> WITH_KINKS = List.of("activation.h5", "convolution.h5");

    private final long seed = Seeds.fresh("KerasFileTest");

    @TempDir
    private Path directory;

    /** The loss of each file on its examples. */
    private Map<String, Double> losses;

    @BeforeEach
    void save() {
        losses = Peers.python("/org/thalweg/cli/keras_models.py", List.of("h5py", "numpy"), directory, Math.abs(seed))
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Double.parseDouble(words[1])));
    }

    /** Dense, ending in an activation, convolutional with BatchNorm, recurrent, a graph; three losses. */
    @Test
    void modelsAreComputedExactlyAndHaveTheLossOfKeras() throws IOException {
        for (String name : Stream.concat(SMOOTH.stream(), WITH_KINKS.stream()).toList()) {
            Path file = directory.resolve(name);
            assertThat(KerasFile.is(file)).isTrue();
            Model model = KerasFile.read(file).model();
            Probe probe =
                    ProbeReader.read(directory.resolve(name.replace(".h5", ".npz")), Part.TRAINING, model, 100, seed);
            try (Objective objective = ObjectiveChoice.of(model, probe, ObjectiveOptions.DEFAULT, true)
                    .objective()) {
                INDArray theta = objective.layout().pack(model.params());
                double loss = objective.evaluate(theta).loss();
                double keras = Objects.requireNonNull(losses.get(name));
                assertThat(loss)
                        .as("%s against Keras, seed %d", name, seed)
                        .isEqualTo(keras, within(1e-5 * (1 + keras)));
                assertThat(loss)
                        .as("%s against Deeplearning4j, seed %d", name, seed)
                        .isEqualTo(score(model, probe), within(1e-5 * (1 + loss)));
                if (SMOOTH.contains(name)) {
                    assertProductIsADifferenceOfGradients(name, objective, theta);
                }
            }
        }
    }

    private void assertProductIsADifferenceOfGradients(String name, Objective objective, INDArray theta) {
        INDArray direction = Nd4j.randn(theta.shape()).castTo(theta.dataType());
        direction.divi(direction.norm2Number());
        double h = 1e-2;
        INDArray difference = objective
                .gradient(theta.add(direction.mul(h)))
                .sub(objective.gradient(theta.sub(direction.mul(h))))
                .div(2 * h);
        INDArray product = objective.hessianAt(theta).multiply(direction);
        assertThat(product.sub(difference).norm2Number().doubleValue())
                .as("%s, seed %d", name, seed)
                .isLessThan(1e-2 * (0.1 + difference.norm2Number().doubleValue()));
    }

    private static double score(Model model, Probe probe) {
        DataSet data = new DataSet(probe.features().get(0), probe.labels().get(0));
        return model instanceof MultiLayerNetwork network
                ? network.score(data)
                : ((ComputationGraph) model).score(data);
    }

    @Test
    void analyzeOpensThem() throws IOException {
        Path out = directory.resolve("out.h5");
        StringWriter said = new StringWriter();
        StringWriter err = new StringWriter();
        int code = InProcess.execute(
                said,
                err,
                "analyze",
                directory.resolve("activation.h5"),
                "--data",
                directory.resolve("activation.npz"),
                "--grid",
                "3",
                "-o",
                out);
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(said.toString()).contains("lambda_max").doesNotContain("own layers");
    }

    @Test
    void whatCannotBeReadIsSaidInALine() throws IOException {
        assertRefused("without_loss.h5", "has no loss: compile the model in Keras before it is saved");
        assertRefused("lambda.h5", "No SameDiff Lambda layer found for Lambda layer lambda");
        Path file = directory.resolve("dense.h5");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 3000));
        assertRefused("dense.h5", "is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary.h5", "convolution.h5", "lstm.h5"})
    void damagedFilesAreNamed(String name) throws IOException {
        Path file = directory.resolve(name);
        new Fuzzing(file, seed).survives(() -> KerasFile.read(file));
    }

    private void assertRefused(String name, String message) {
        Path file = directory.resolve(name);
        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("issue"));
    }
}
