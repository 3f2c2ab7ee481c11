package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.listener.Schedule;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class NetworkReaderTest {

    private final long seed = Seeds.fresh("NetworkReaderTest");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void savedNetworksAreReadWithAndWithoutUpdater(boolean updater) throws IOException {
        for (Model model : List.of(
                Networks.mlp(DataType.FLOAT, seed),
                Networks.cnn(DataType.DOUBLE, seed, true),
                Networks.graph(DataType.FLOAT, seed))) {
            Path file = directory.resolve("model.zip");
            ModelSerializer.writeModel(model, file.toFile(), updater);
            SavedNetwork read = NetworkReader.read(file);
            assertThat(read.model()).hasSameClassAs(model);
            assertThat(read.model().params()).as("seed %d", seed).isEqualTo(model.params());
            assertThat(read.normalized()).isFalse();
            SavedNetwork.requireSame(List.of(read, new SavedNetwork(model, file, false)));
        }
    }

    @Test
    void aNormalizerIsNoticed() throws IOException {
        Path file = directory.resolve("model.zip");
        ModelSerializer.writeModel(Networks.mlp(DataType.FLOAT, seed), file.toFile(), false);
        // Deeplearning4j's own way to add one fails with newer versions of Commons IO.
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.write(zip.getPath(ModelSerializer.NORMALIZER_BIN), new byte[] {1});
        }
        assertThat(NetworkReader.read(file).normalized()).isTrue();
    }

    @Test
    void recordedWeightsMakeTheNetworkThatWasTrained() throws IOException {
        Path run = directory.resolve("run");
        MultiLayerNetwork network = Networks.cnn(DataType.FLOAT, seed, true);
        Probe probe = Probe.of(Networks.data(12, seed, 1, 8, 8));
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(probe)
                .grid(3)
                .eigenvalues(0)
                .schedule(Schedule.everyIterations(2))
                .recording(RecordingOptions.DEFAULT.withWeights(true))
                .recordTo(run)
                .build()) {
            network.addListeners(listener);
            network.fit(Networks.data(8, seed + 1, 1, 8, 8));
            network.fit(Networks.data(8, seed + 2, 1, 8, 8));
        }
        SavedNetwork read = NetworkReader.read(run.resolve("weights/000000002.h5"));
        assertThat(read.model().params()).as("seed %d", seed).isEqualTo(network.params());
        assertThat(read.snapshot().iteration()).isEqualTo(2);
        assertThat(ProbeReader.read(run, ProbeReader.Part.TRAINING, read.model(), 100, 1)
                        .features()
                        .get(0))
                .as("seed %d", seed)
                .isEqualTo(probe.features().get(0).castTo(DataType.FLOAT));
    }

    @Test
    void whatIsNoNetworkIsNamed() throws IOException {
        assertRefused(directory.resolve("none.zip"), "does not exist");
        assertRefused(
                Files.writeString(directory.resolve("text.zip"), "a model, said someone"), "is not a saved network");
        assertRefused(zip("other.zip", "thesis.tex", "x"), "is not a saved network");
        assertRefused(zip("damaged.zip", ModelSerializer.CONFIGURATION_JSON, "[1, 2]"), "cannot be restored");
        assertRefused(zip("empty.zip", ModelSerializer.CONFIGURATION_JSON, "{\"vertices\": {}}"), "cannot be restored");
        assertRefused(Files.writeString(directory.resolve("lonely.h5"), "x"), "is not a saved network");
        Path model = directory.resolve("model.zip");
        ModelSerializer.writeModel(Networks.mlp(DataType.FLOAT, seed), model.toFile(), true);
        Files.write(model, Arrays.copyOf(Files.readAllBytes(model), (int) Files.size(model) / 2));
        assertRefused(model, "is not a saved network");
    }

    @Test
    void otherArchitecturesAreRefusedByTheirFirstDifference() {
        SavedNetwork mlp = saved(Networks.mlp(DataType.FLOAT, seed), "mlp.zip");
        SavedNetwork cnn = saved(Networks.cnn(DataType.FLOAT, seed, false), "cnn.zip");
        assertThatThrownBy(() -> SavedNetwork.requireSame(List.of(mlp, cnn)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cnn.zip has layer 0, ConvolutionLayer")
                .hasMessageContaining("where mlp.zip has layer 0, DenseLayer");
        assertThatThrownBy(() -> SavedNetwork.requireSame(
                        List.of(saved(Networks.cnn(DataType.FLOAT, seed, true), "bn.zip"), cnn)))
                .hasMessageContaining("BatchNormalization");
    }

    private static SavedNetwork saved(Model model, String name) {
        return new SavedNetwork(model, Path.of(name), false);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> NetworkReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private Path zip(String name, String entry, String content) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return file;
    }
}
