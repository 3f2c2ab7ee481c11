package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.thalweg.frame.Frame;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.OnBusy;
import org.thalweg.listener.PacingOptions;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class FollowCommandTest {

    private static final int EPOCHS = 3;

    private final long seed = Seeds.fresh("FollowCommandTest");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    /** Training with a listener, and a run of the checkpoints that it left, on the listener's probe. */
    @Test
    void framesAreThoseOfAListener() throws IOException {
        Path listened = directory.resolve("listened");
        Path checkpoints = Files.createDirectory(directory.resolve("checkpoints"));
        MultiLayerNetwork network = Networks.cnn(DataType.FLOAT, seed, true);
        DataSet data = Networks.data(24, seed, 1, 8, 8);
        CheckpointListener saving = new CheckpointListener.Builder(checkpoints.toFile())
                .keepAll()
                .saveEveryNEpochs(1)
                .build();
        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(5)
                .recordTo(listened)
                .pacing(PacingOptions.DEFAULT.withOnBusy(OnBusy.WAIT))
                .build()) {
            network.addListeners(landscape, saving);
            network.fit(new SingletonDataSetIterator(data), EPOCHS);
        }
        Path run = directory.resolve("run");
        follow(checkpoints, listened, run, "--grid", "5", "--save-weights");

        RunReader expected = RunReader.open(listened);
        RunReader given = RunReader.open(run);
        // The first frame of the listener is the one before training.
        List<Long> iterations =
                expected.iterations().subList(1, expected.iterations().size());
        assertThat(given.iterations()).isEqualTo(iterations).hasSize(EPOCHS);
        for (long iteration : iterations) {
            assertSame(given.frame(iteration), expected.frame(iteration));
            // Deeplearning4j counts an epoch after the callback in which the network is saved.
            assertThat(given.frame(iteration).epoch())
                    .isEqualTo(expected.frame(iteration).epoch() - 1);
        }
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(1 + EPOCHS);
        assertThat(run.resolve("landscape.mp4")).isNotEmptyFile();
        assertThat(Files.readString(run.resolve("landscape.html"))).contains("<html");
        assertThat(out.toString()).contains(run + ": 3 frames").contains("landscape.mp4");
    }

    @Test
    void aRunIsContinuedWithTheSameFrames() throws IOException {
        Path all = networks(4);
        Path whole = directory.resolve("whole");
        Path csv = new SavedModels(directory, seed).csv(40);
        follow(all, csv, whole, "--grid", "3", "--no-film", "--fixed-plane");

        Path some = Files.createDirectory(directory.resolve("some"));
        Path run = directory.resolve("run");
        for (int networks : new int[] {1, 3, 4}) {
            for (int i = 0; i < networks; i++) {
                Files.copy(name(all, i), name(some, i), StandardCopyOption.REPLACE_EXISTING);
            }
            follow(some, csv, run, "--grid", "3", "--no-film", "--fixed-plane");
        }
        assertThat(out.toString()).contains("continuing " + run + ", which has 3 frames");
        RunReader expected = RunReader.open(whole);
        assertThat(RunReader.open(run).iterations())
                .isEqualTo(expected.iterations())
                .hasSize(4);
        for (long iteration : expected.iterations()) {
            assertSame(RunReader.open(run).frame(iteration), expected.frame(iteration));
        }
        // Everything is there.
        follow(some, csv, run, "--grid", "3", "--no-film", "--fixed-plane");
        assertThat(execute(some, csv, run, "--grid", "5", "--no-film", "--fixed-plane"))
                .as("nothing is missing, so nothing is compared")
                .isZero();
        Files.delete(run.resolve("frames").resolve("000000003.h5"));
        assertThat(execute(some, csv, run, "--grid", "5", "--no-film", "--fixed-plane"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("holds a different run").doesNotContain("\n\n");
    }

    @Test
    void workIsStoppedBetweenFrames() throws IOException {
        Path run = directory.resolve("run");
        follow(
                networks(2),
                new SavedModels(directory, seed).csv(40),
                run,
                "--grid",
                "3",
                "--no-film",
                "--minutes",
                "1e-9");
        assertThat(out.toString()).contains("stopped before the end: the same command continues");
    }

    @Test
    void foldersThatCannotBeFollowedAreRefused() throws IOException {
        Path csv = new SavedModels(directory, seed).csv(40);
        Path folder = networks(2);
        ComputationGraph graph = Networks.graph(DataType.DOUBLE, seed);
        graph.getConfiguration().setIterationCount(7);
        Path other = folder.resolve("another.zip");
        ModelSerializer.writeModel(graph, other.toFile(), true);
        assertRefused(
                folder,
                csv,
                "models must be of one architecture: " + other + " has",
                name(folder, 0).toString());
        Files.delete(other);
        assertRefused(Files.createDirectory(directory.resolve("empty")), csv, "no network in ", "empty");
        assertRefused(csv, csv, csv + " is not a directory of saved networks");
        assertThat(execute(folder, csv, directory.resolve("run"), "--grid", "4"))
                .isEqualTo(2);
        assertThat(execute(folder, csv, directory.resolve("run"), "--density", "--eigenvalues", "0"))
                .isEqualTo(2);
    }

    /** Training was killed while it saved the last network. */
    @Test
    void aDamagedCheckpointIsLeftOut() throws IOException {
        Path folder = networks(3);
        byte[] whole = Files.readAllBytes(name(folder, 2));
        Files.write(name(folder, 2), Arrays.copyOf(whole, whole.length / 2));
        Path run = directory.resolve("run");
        follow(folder, new SavedModels(directory, seed).csv(40), run, "--grid", "3", "--no-film");
        assertThat(out.toString()).contains(name(folder, 2) + " is not a saved network");
        assertThat(RunReader.open(run).iterations()).containsExactly(0L, 1L);
    }

    private Path networks(int count) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("networks"));
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        for (int i = 0; i < count; i++) {
            ModelSerializer.writeModel(network, name(folder, i).toFile(), true);
            network.fit(new SavedModels(directory, seed).data(40));
        }
        return folder;
    }

    private static Path name(Path folder, int number) {
        return folder.resolve("checkpoint_" + number + "_MultiLayerNetwork.zip");
    }

    private int execute(Path checkpoints, Path data, Path run, String... further) {
        Object[] words = {"follow", checkpoints, "--data", data, "-o", run};
        Object[] all = Arrays.copyOf(words, words.length + further.length);
        System.arraycopy(further, 0, all, words.length, further.length);
        return InProcess.execute(out, err, all);
    }

    private void follow(Path checkpoints, Path data, Path run, String... further) {
        int code = execute(checkpoints, data, run, further);
        assertThat(err.toString()).as("seed %d", seed).isEmpty();
        assertThat(code).isZero();
    }

    private void assertRefused(Path checkpoints, Path data, String... messages) {
        assertThat(execute(checkpoints, data, directory.resolve("run"), "--grid", "3"))
                .isEqualTo(1);
        assertThat(err.toString()).contains(messages);
        assertThat(directory.resolve("run").resolve("run.json")).doesNotExist();
    }

    private void assertSame(Frame given, Frame expected) {
        assertThat(given.loss()).as("seed %d", seed).isEqualTo(expected.loss());
        assertThat(given.surface().loss())
                .as("seed %d", seed)
                .isDeepEqualTo(expected.surface().loss());
        double lambda = expected.curvature().lambdaMax().orElseThrow().value();
        assertThat(given.curvature().lambdaMax().orElseThrow().value())
                .as("seed %d", seed)
                .isEqualTo(lambda, within(1e-6 * lambda));
        assertThat(given.curvature().lambdaMin().orElseThrow().value())
                .as("seed %d", seed)
                .isEqualTo(expected.curvature().lambdaMin().orElseThrow().value(), within(1e-6 * lambda));
    }
}
