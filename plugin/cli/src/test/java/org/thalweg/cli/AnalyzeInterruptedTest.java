package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.StudyFile;
import org.thalweg.testing.Seeds;

/** The command in a process of its own, ended from outside while it works. */
class AnalyzeInterruptedTest {

    private static final int POINTS = 101;

    private final long seed = Seeds.fresh("AnalyzeInterruptedTest");

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void whatIsKilledOrInterruptedEndsWithTheSameDatasets() throws Exception {
        SavedModels saved = new SavedModels(directory, seed);
        Path whole = directory.resolve("whole.h5");
        Path broken = directory.resolve("broken.h5");
        StoppedCommand command = new StoppedCommand(
                "analyze",
                saved.zip("model.zip", saved.trained(5)),
                "--data",
                saved.csv(2000),
                "--probe",
                2000,
                "--grid",
                POINTS,
                "--convexity",
                3,
                "--eigenvalues",
                1);

        command.finishInPartsAndInOne(broken, whole, AnalyzeInterruptedTest::points, POINTS * POINTS, seed);
        assertSame(StudyFile.readSurface(broken), StudyFile.readSurface(whole));
    }

    private static int points(Path file) throws IOException {
        return StudyFile.readSurface(file).frame().surface().evaluatedPoints();
    }

    private void assertSame(SurfaceStudy actual, SurfaceStudy expected) {
        SurfaceValues a = actual.frame().surface();
        SurfaceValues b = expected.frame().surface();
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
