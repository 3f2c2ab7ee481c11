package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.data.DrawnImages;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** From the command line to a run's files, with few images and iterations. */
class LeNetRunTest {

    private static final Pattern DIGEST = Pattern.compile("parameters sha256: (\\p{XDigit}{64})");
    private static final String EIGENVALUE_TOLERANCE = "1e-3";

    private final long seed = Seeds.fresh("LeNetRunTest");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void trainsEquallyWithAndWithoutThalweg() throws IOException {
        DrawnImages.write(directory, "t10k", 150, seed);

        run("watched", "--every-iterations", "5");
        String watched = digest();
        run("alone", "--no-landscape");

        assertThat(digest()).as("seed %d", seed).isEqualTo(watched);
        assertThat(saved("watched")).as("seed %d", seed).isEqualTo(watched);
        assertThat(saved("alone")).as("seed %d", seed).isEqualTo(watched);
    }

    /** Batches of 64: 150 images make three an epoch, and seven iterations end in the third epoch. */
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
        Path page = directory.resolve("run/page.html");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("validation accuracy", "model.zip", "page: " + page);
        assertThat(page).content().contains("\"iteration\":7", "</html>");
    }

    /** The frame contains what describes the directions, and the minimizer's place on a fixed plane. */
    @Test
    void usesTheRequestedPlane() throws IOException {
        DrawnImages.write(directory, "t10k", 150, seed);

        run("ends", "--every-iterations", "7", "--plane", "eigen-ends", "--fixed-plane", "--eigenvalues", "0");
        run("steps", "--every-iterations", "7", "--plane", "gradient", "--eigenvalues", "0");

        Map<String, Double> ends = frame("ends", 7).quantities();
        assertThat(ends).as("seed %d", seed).containsKeys("delta_eigenvalue", "eta_eigenvalue", "trajectory_distance");
        assertThat(ends.get("delta_eigenvalue")).as("seed %d", seed).isGreaterThan(ends.get("eta_eigenvalue"));
        assertThat(frame("steps", 0).quantities()).as("seed %d", seed).doesNotContainKey("step_length");
        assertThat(frame("steps", 7).quantities().get("step_length"))
                .as("seed %d", seed)
                .isPositive();
    }

    private Frame frame(String run, long iteration) throws IOException {
        return RunReader.open(directory.resolve(run)).frame(iteration);
    }

    /** Resumed within an epoch, and again with a model older than the last frames, as after a kill. */
    @Test
    void continuesAStoppedRun() throws IOException {
        DrawnImages.write(directory, "t10k", 150, seed);
        String[] often = {"--every-iterations", "2", "--eigenvalues", "0"};
        run("whole", often);
        String whole = digest();
        train("--out", "parts", 4, often);
        Path model = directory.resolve("parts/model.zip");
        Path older = Files.copy(model, directory.resolve("older.zip"));

        train("--resume", "parts", 7, often);
        assertThat(digest()).as("seed %d", seed).isEqualTo(whole);
        Files.copy(older, model, StandardCopyOption.REPLACE_EXISTING);
        train("--resume", "parts", 7, often);

        assertThat(digest()).as("seed %d", seed).isEqualTo(whole);
        RunReader expected = RunReader.open(directory.resolve("whole"));
        RunReader actual = RunReader.open(directory.resolve("parts"));
        assertThat(actual.iterations()).containsExactly(0L, 2L, 4L, 6L).isEqualTo(expected.iterations());
        assertThat(actual.frame(6).surface().loss())
                .as("seed %d", seed)
                .isDeepEqualTo(expected.frame(6).surface().loss());
        assertThat(Files.readAllLines(directory.resolve("parts/metrics.csv"))).hasSize(5);
    }

    /** The model is older than the last frames. */
    @Test
    void aRefusalLosesNothing() throws IOException {
        DrawnImages.write(directory, "t10k", 150, seed);
        String[] often = {"--every-iterations", "2", "--eigenvalues", "0"};
        train("--out", "run", 2, often);
        Path model = directory.resolve("run/model.zip");
        byte[] older = Files.readAllBytes(model);
        train("--resume", "run", 6, often);
        Files.write(model, older);
        Map<String, Integer> files = files("run");
        assertThat(files).containsKeys("frames/000000006.h5", "metrics.csv");

        assertThat(refused("--resume", "run", 2, often)).contains("is already at iteration 2");
        assertThat(refused("--resume", "run", 7, "--every-iterations", "3")).contains("different run");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String[] blocked = Stream.concat(Stream.of(often), Stream.of("--page-port", port))
                    .toArray(String[]::new);
            assertThat(refused("--resume", "run", 7, blocked)).contains("port " + port);
        }
        assertThat(files("run")).as("seed %d", seed).isEqualTo(files);
    }

    @Test
    void refusesToContinueInOneSentence() throws IOException {
        DrawnImages.write(directory, "t10k", 150, seed);
        assertThat(refused("--resume", "missing", 7)).contains("missing: there is no such directory");
        train("--out", "run", 1, "--eigenvalues", "0");
        assertThat(refused("--resume", "run", 1, "--eigenvalues", "0"))
                .contains("is already at iteration 1", "raise --epochs or --iterations");
        assertThat(refused("--resume", "run", 2)).contains("holds a different run");
        Files.delete(directory.resolve("run/model.zip"));
        assertThat(refused("--resume", "run", 2)).contains("has no model.zip to continue from");
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
        train("--out", name, 7, more);
    }

    private void train(String where, String name, int iterations, String... more) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        assertThat(status(errors, where, name, iterations, more))
                .as("seed %d: %s", seed, errors.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    private String refused(String where, String name, int iterations, String... more) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        assertThat(status(errors, where, name, iterations, more)).isEqualTo(1);
        return errors.toString(StandardCharsets.UTF_8);
    }

    private int status(ByteArrayOutputStream errors, String where, String name, int iterations, String... more) {
        List<String> arguments = new ArrayList<>(List.of("lenet", "--data", directory.toString()));
        arguments.addAll(List.of(where, directory.resolve(name).toString(), "--seed", Long.toString(seed)));
        arguments.addAll(List.of("--iterations", Integer.toString(iterations)));
        arguments.addAll(List.of("--grid", "5", "--probe", "24", "--no-film"));
        arguments.addAll(List.of(more));
        out.reset();
        return Demo.run(
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
    }

    /** Digests of all files of a run by name, without the lock, which names the process that tried last. */
    private Map<String, Integer> files(String name) throws IOException {
        Path run = directory.resolve(name);
        Map<String, Integer> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList()) {
                digests.put(run.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return digests;
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
        assertThat(directory.resolve(name)).isDirectoryNotContaining("glob:**.part");
        return ParameterDigest.sha256(network.params());
    }
}
