package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** The command in a process of its own, ended from outside while it works. */
class TrajectoryInterruptedTest {

    private static final int POINTS = 101;

    private final long seed = Seeds.fresh("TrajectoryInterruptedTest");

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void whatIsKilledOrInterruptedEndsWithTheSameDatasets() throws Exception {
        DataSet data = Networks.data(2000, seed, 6);
        Path run = directory.resolve("run");
        Path other = directory.resolve("other");
        TrainedRun.write(run, "run", Networks.mlp(DataType.DOUBLE, seed), data, 4);
        TrainedRun.write(other, "other", Networks.mlp(DataType.DOUBLE, seed + 1), data, 3);
        Path whole = directory.resolve("whole.h5");
        Path broken = directory.resolve("broken.h5");
        StoppedCommand command = new StoppedCommand("trajectory", run, other, "--grid", POINTS);

        command.finishInPartsAndInOne(broken, whole, TrajectoryInterruptedTest::points, POINTS * POINTS, seed);
        // To the last bit, and NaN is as good as any other value here.
        assertThat(read(broken))
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(read(whole));
    }

    private static int points(Path file) throws IOException {
        return read(file).frame().surface().evaluatedPoints();
    }

    private static TrajectoryMap read(Path file) throws IOException {
        return TrajectoryFile.read(file).orElseThrow();
    }
}
