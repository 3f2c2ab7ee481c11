package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.StudyFile;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Seeds;

/** The command in a process of its own, ended from outside while it works. */
class AnalyzeInterruptedTest {

    private static final int POINTS = 121;

    /**
     * Asks for the same shutdown as Ctrl-C's SIGINT does, which a process has to ignore whose ancestors were started in the
     * background by a shell. The JVM's exit code names the signal.
     */
    private static final String SIGNAL = "-TERM";

    private static final int ENDED_BY_SIGNAL = 128 + 15;

    private final long seed = Seeds.fresh("AnalyzeInterruptedTest");

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void whatIsKilledOrInterruptedEndsWithTheSameDatasets() throws Exception {
        SavedModels saved = new SavedModels(directory, seed);
        Path model = saved.zip("model.zip", saved.trained(5));
        Path data = saved.csv(2000);
        Path whole = directory.resolve("whole.h5");
        Path broken = directory.resolve("broken.h5");
        List<Object> command = List.of(
                "analyze",
                model,
                "--data",
                data,
                "--probe",
                2000,
                "--grid",
                POINTS,
                "--convexity",
                3,
                "--eigenvalues",
                1);

        try (ChildJvm child = start(command, broken)) {
            awaitFile(child, broken);
            child.kill();
        }
        int killedAt = points(broken);
        assertThat(killedAt).as("points when killed, seed %d", seed).isBetween(1, POINTS * POINTS - 1);

        try (ChildJvm child = start(command, broken)) {
            child.awaitLine("going on with " + broken);
            new ProcessBuilder("kill", SIGNAL, Long.toString(child.pid()))
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
            assertThat(child.awaitEnd()).as(child::read).isEqualTo(ENDED_BY_SIGNAL);
            assertThat(child.read()).contains("stopped before the end");
        }
        int interruptedAt = points(broken);
        assertThat(interruptedAt).as("points when interrupted, seed %d", seed).isBetween(killedAt, POINTS * POINTS - 1);

        finish(command, broken);
        finish(command, whole);
        assertSame(StudyFile.readSurface(broken), StudyFile.readSurface(whole));
    }

    private ChildJvm start(List<Object> command, Path output) throws IOException {
        List<Object> all = new ArrayList<>(command);
        all.addAll(List.of("-o", output));
        return new ChildJvm(Thalweg.class, all.toArray());
    }

    private void finish(List<Object> command, Path output) throws IOException, InterruptedException {
        try (ChildJvm child = start(command, output)) {
            assertThat(child.awaitEnd()).as(child::read).isZero();
        }
    }

    /** It is whole whenever it is there. */
    private static void awaitFile(ChildJvm child, Path file) throws InterruptedException {
        for (int i = 0; i < 3000 && Files.notExists(file); i++) {
            Thread.sleep(20);
        }
        assertThat(file).as(child::read).exists();
    }

    private static int points(Path file) throws IOException {
        return StudyFile.readSurface(file).frame().surface().evaluatedPoints();
    }

    private void assertSame(SurfaceStudy actual, SurfaceStudy expected) {
        SurfaceValues a = actual.frame().surface();
        SurfaceValues b = expected.frame().surface();
        assertThat(a.evaluatedPoints()).isEqualTo(POINTS * POINTS);
        assertBits(a.loss(), b.loss());
        assertBits(a.accuracy().orElseThrow(), b.accuracy().orElseThrow());
        assertThat(actual.frame().curvature())
                .as("seed %d", seed)
                .isEqualTo(expected.frame().curvature());
        assertBits(
                actual.convexity().orElseThrow().smallest(),
                expected.convexity().orElseThrow().smallest());
        assertThat(actual.provenance().options())
                .isEqualTo(expected.provenance().options());
    }

    /** NaN is as good as any other value here. */
    private void assertBits(Object[] actual, Object[] expected) {
        assertThat(Arrays.deepEquals(actual, expected)).as("seed %d", seed).isTrue();
    }
}
