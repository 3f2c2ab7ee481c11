package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.data.DrawnImages;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Seeds;

/**
 * Training that is killed at any moment and resumed ends with the parameters of training that is left alone.
 * {@code -Dthalweg.kills=30} kills it more often.
 */
@Timeout(7200)
class CrashMatrixTest {

    private static final int KILLS = Integer.getInteger("thalweg.kills", Moment.values().length);

    private static final Pattern DIGEST = Pattern.compile("parameters sha256: (\\p{XDigit}{64})");

    /** Epochs of three iterations, each ending with a saved model. */
    private static final int ITERATIONS = 24;

    private static final int LONGEST_MILLIS = 3_000;

    private final long seed = Seeds.fresh("CrashMatrixTest");
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    /** When to kill. */
    private enum Moment {
        /** While the model is written, forced to the device or renamed. */
        MODEL(".model.zip."),
        /** While a frame is. */
        FRAME("frames/.0"),
        /** At any time after the run has begun. */
        ANY("run.json");

        private final String path;

        Moment(String path) {
            this.path = path;
        }
    }

    @Test
    void killedTrainingResumesToTheSameParameters() throws Exception {
        DrawnImages.write(directory, "t10k", 150, seed);
        Path whole = directory.resolve("whole");
        String expected = finish(whole);
        Path run = directory.resolve("killed");
        for (int kill = 0; kill < KILLS; kill++) {
            Moment moment = Moment.values()[kill % Moment.values().length];
            try (ChildJvm child = start(run)) {
                await(run.resolve(moment.path), child);
                if (moment == Moment.ANY) {
                    Thread.sleep(random.nextInt(LONGEST_MILLIS));
                }
                child.kill();
            }
            everyListedFrameIsWhole(run);
            if (Files.notExists(run.resolve("model.zip"))) {
                delete(run);
            } else if (random.nextInt(4) == 0) {
                assertThat(finish(run)).as("after kill %d, %s", kill, moment).isEqualTo(expected);
                delete(run);
            }
        }
        assertThat(finish(run)).isEqualTo(expected);
        assertThat(run).isDirectoryNotContaining("glob:**.part");
        assertThat(RunReader.open(run).iterations())
                .isEqualTo(RunReader.open(whole).iterations());
    }

    /** Trains to the end and returns the digest of the parameters. */
    private String finish(Path run) throws Exception {
        try (ChildJvm child = start(run)) {
            int status = child.awaitEnd();
            Matcher digest = DIGEST.matcher(child.read());
            if (status != 0 && child.read().contains("is at iteration " + ITERATIONS + " already")) {
                // The kill came after the last model.
                return ParameterDigest.sha256(
                        OutputDirectory.existing(run).restore().params());
            }
            assertThat(digest.find()).as(child.read()).isTrue();
            return digest.group(1);
        }
    }

    private ChildJvm start(Path run) throws IOException {
        String where = Files.exists(run.resolve("model.zip")) ? "--resume" : "--out";
        List<String> arguments = new ArrayList<>(List.of("lenet", "--data", directory.toString()));
        arguments.addAll(List.of(where, run.toString(), "--seed", Long.toString(seed)));
        arguments.addAll(List.of("--iterations", Integer.toString(ITERATIONS), "--every-iterations", "2"));
        arguments.addAll(List.of("--grid", "3", "--probe", "16", "--eigenvalues", "0", "--no-film"));
        return new ChildJvm(Demo.class, arguments.toArray());
    }

    /** Waits until a file appears. */
    private static void await(Path place, ChildJvm child) throws InterruptedException {
        while (child.isAlive() && !exists(place)) {
            Thread.sleep(1);
        }
    }

    private static boolean exists(Path prefix) {
        File[] files = prefix.resolveSibling("").toFile().listFiles();
        return files != null
                && Arrays.stream(files)
                        .anyMatch(file ->
                                file.getName().startsWith(prefix.getFileName().toString()));
    }

    private static void everyListedFrameIsWhole(Path run) throws IOException {
        if (Files.exists(run.resolve("run.json"))) {
            RunReader reader = RunReader.open(run);
            for (long iteration : reader.iterations()) {
                assertThat(reader.frame(iteration).iteration()).isEqualTo(iteration);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
