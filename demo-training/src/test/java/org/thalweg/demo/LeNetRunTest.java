package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.data.DrawnImages;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** The whole way from the command line to a run's files, on few images and few iterations. */
class LeNetRunTest {

    private static final Pattern DIGEST = Pattern.compile("parameters sha256: (\\p{XDigit}{64})");
    private static final String EIGENVALUE_TOLERANCE = "1e-3";

    private final long seed = Seeds.fresh("LeNetRunTest");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void trainsAlikeWithAndWithoutThalweg() throws IOException {
        DrawnImages.write(directory, "t10k", 150, seed);

        run("watched", "--every-iterations", "5");
        String watched = digest();
        run("alone", "--no-landscape");

        assertThat(digest()).as("seed %d", seed).isEqualTo(watched);
        assertThat(saved("watched")).as("seed %d", seed).isEqualTo(watched);
        assertThat(saved("alone")).as("seed %d", seed).isEqualTo(watched);
    }

    /** Batches of 64: 150 images are three an epoch, and seven iterations end in the third. */
    @Test
    void numbersFramesByCompletedUpdates() throws IOException {
        DrawnImages.write(directory, "train", 150, seed);
        DrawnImages.write(directory, "t10k", 40, seed + 1);

        run("run", "--every", "1", "--eigenvalues", "0");

        RunReader reader = RunReader.open(directory.resolve("run"));
        assertThat(reader.iterations()).containsExactly(0L, 3L, 6L, 7L);
        Frame last = reader.frame(7);
        assertThat(last.epoch()).as("completed epochs").isEqualTo(2);
        assertThat(last.surface().validationLoss()).isPresent();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("validation accuracy", "model.zip");
    }

    @Test
    void anIndependentProgramFindsTheSameNumbers() throws IOException {
        DrawnImages.write(directory, "train", 150, seed);
        DrawnImages.write(directory, "t10k", 40, seed + 1);

        run("run", "--every-iterations", "4", "--save-weights", "--save-directions");

        String table = Peers.python(
                "/org/thalweg/peers/recompute.py",
                List.of("h5py", "numpy", "scipy", "torch"),
                directory.resolve("run"),
                "--eigenvalue-tolerance",
                EIGENVALUE_TOLERANCE);
        assertThat(table).as("seed %d", seed).contains("2 frames recomputed, 0 disagreements");
    }

    private void run(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("lenet", "--data", directory.toString()));
        arguments.addAll(List.of("--out", directory.resolve(name).toString(), "--seed", Long.toString(seed)));
        arguments.addAll(List.of("--iterations", "7", "--grid", "5", "--probe", "24", "--no-film"));
        arguments.addAll(List.of(more));
        out.reset();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = Demo.run(
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
        assertThat(status)
                .as("seed %d: %s", seed, errors.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    private String digest() {
        Matcher digest = DIGEST.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(digest.find()).as("seed %d", seed).isTrue();
        return digest.group(1);
    }

    /** The digest of the parameters in a run's model.zip. */
    private String saved(String name) throws IOException {
        File model = directory.resolve(name).resolve("model.zip").toFile();
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(model, true);
        assertThat(network.getIterationCount()).isEqualTo(7);
        assertThat(Files.exists(directory.resolve(name).resolve("model.zip.part")))
                .isFalse();
        return ParameterDigest.sha256(network.params());
    }
}
