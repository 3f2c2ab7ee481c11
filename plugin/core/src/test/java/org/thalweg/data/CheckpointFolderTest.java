package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.earlystopping.saver.LocalFileGraphSaver;
import org.deeplearning4j.earlystopping.saver.LocalFileModelSaver;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.thalweg.data.CheckpointFolder.Checkpoint;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Folders as Deeplearning4j's own classes leave them. */
class CheckpointFolderTest {

    private final long seed = Seeds.fresh("CheckpointFolderTest");
    private final DataSet data = Networks.data(20, seed, 6);

    @TempDir
    private Path directory;

    @Test
    void checkpointsAreInOrderOfIteration() throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        network.addListeners(new CheckpointListener.Builder(directory.toFile())
                .keepAll()
                .saveEveryNEpochs(1)
                .build());
        // More than ten, so that the order is not that of names.
        network.fit(new SingletonDataSetIterator(data), 12);
        CheckpointFolder folder = CheckpointFolder.read(directory);
        assertThat(folder.leftOut()).isEmpty();
        assertThat(folder.checkpoints().stream().map(Checkpoint::iteration))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        Checkpoint last = folder.chosen();
        assertThat(last.file().getFileName()).hasToString("checkpoint_11_MultiLayerNetwork.zip");
        assertThat(NetworkReader.read(last.file()).model().params()).isEqualTo(network.params());
        assertThat(NetworkReader.read(last.file()).snapshot().iteration()).isEqualTo(12);
    }

    @Test
    void earlyStoppingChoosesTheBestNetwork() throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        LocalFileModelSaver saver = new LocalFileModelSaver(directory.toFile());
        network.fit(data);
        saver.saveBestModel(network, 1);
        network.fit(data);
        saver.saveLatestModel(network, 2);
        assertEarlyStopped("bestModel.bin", "latestModel.bin");
        Path graphs = Files.createDirectory(directory.resolve("graphs"));
        ComputationGraph graph = Networks.graph(DataType.FLOAT, seed);
        LocalFileGraphSaver graphSaver = new LocalFileGraphSaver(graphs.toString());
        graphSaver.saveBestModel(graph, 1);
        assertThat(CheckpointFolder.read(graphs).chosen().file()).isEqualTo(graphs.resolve("bestGraph.bin"));
        // The best one is the latest.
        saver.saveBestModel(network, 2);
        CheckpointFolder folder = CheckpointFolder.read(directory);
        assertThat(folder.checkpoints()).hasSize(1);
        assertThat(folder.leftOut())
                .singleElement()
                .asString()
                .contains("bestModel.bin has iteration 2, like ", "latestModel.bin, which is used");
    }

    private void assertEarlyStopped(String best, String latest) throws IOException {
        CheckpointFolder folder = CheckpointFolder.read(directory);
        assertThat(folder.checkpoints().stream()
                        .map(checkpoint -> checkpoint.file().getFileName().toString()))
                .containsExactly(best, latest);
        assertThat(folder.chosen().file()).isEqualTo(directory.resolve(best));
        assertThat(folder.chosen().iteration()).isOne();
    }

    @Test
    void aRunWithWeightsIsAFolderOfNetworks() throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .eigenvalues(0)
                .recording(RecordingOptions.DEFAULT.withDirectory(directory).withWeights(true))
                .build()) {
            network.fit(data);
            landscape.capture(network);
        }
        CheckpointFolder folder = CheckpointFolder.read(directory);
        assertThat(folder.checkpoints().stream().map(Checkpoint::iteration)).containsExactly(0L, 1L);
        assertThat(NetworkReader.read(folder.chosen().file()).model().params()).isEqualTo(network.params());
    }

    @Test
    void aFolderWithoutNetworksIsNamed() throws IOException {
        Files.writeString(directory.resolve("broken.zip"), "no zip");
        Files.writeString(directory.resolve(".hidden.zip"), "no zip");
        assertThatThrownBy(() -> CheckpointFolder.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no network in " + directory)
                .hasMessageContaining("broken.zip is not a saved network")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden"));
        assertThatThrownBy(() -> CheckpointFolder.read(directory.resolve("none")))
                .hasMessageContaining("is not a directory of saved networks");
        assertThatThrownBy(() -> new CheckpointFolder(directory, List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
