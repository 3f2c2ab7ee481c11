package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Faults that take a JVM of their own. */
@Timeout(120)
class ChildFaultsTest {

    /** More than nothing, so that files break off in the middle; less than a frame. */
    private static final int FULL_AT_BYTES = 1000;

    private final long seed = Seeds.fresh("ChildFaultsTest");

    @TempDir
    private Path directory;

    @Test
    void aFullDiskCostsTheFramesThatDoNotFit() throws Exception {
        Path run = directory.resolve("run");
        try (ChildJvm child = new ChildJvm(ChildTraining.class, run, seed)) {
            child.awaitLine("frame 20");
            limitFiles(child, FULL_AT_BYTES + ":");
            child.awaitLine("failed RunRecorder");
            long during = frameOf(child.awaitLine("frame "));
            child.awaitLine("frame " + (during + 20));
            assertThat(RunReader.open(run).iterations()).doesNotContain(during + 10);

            limitFiles(child, "unlimited:");
            // The frames that were in work while the limit was lifted may or may not have fitted.
            long after = frameOf(child.awaitLine("frame ")) + 5;
            child.awaitLine("frame " + after);
            assertThat(RunReader.open(run).iterations()).contains(after);
            assertThat(child.read().lines().filter(line -> line.contains("WARN")))
                    .hasSize(1);
        }
        everyListedFrameIsWhole(run);
    }

    @Test
    void aKillCostsAtMostTheFrameInWork() throws Exception {
        Path run = directory.resolve("run");
        try (ChildJvm child = new ChildJvm(ChildTraining.class, run, seed)) {
            int last = 5 + new Random(seed).nextInt(60);
            child.awaitLine("frame " + last);
            child.kill();
            List<Long> frames = everyListedFrameIsWhole(run);
            assertThat(frames)
                    .as("seed %d", seed)
                    .hasSizeGreaterThan(last)
                    .isEqualTo(LongStream.range(0, frames.size()).boxed().toList());
        }
    }

    private static List<Long> everyListedFrameIsWhole(Path run) throws IOException {
        RunReader reader = RunReader.open(run);
        List<Long> iterations = reader.iterations();
        for (long iteration : iterations) {
            assertThat(reader.frame(iteration).iteration()).isEqualTo(iteration);
        }
        assertThat(reader.probe()).hasSize(2);
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).isNotEmpty();
        return iterations;
    }

    /** What the process may write into one file, soft and hard limit: beyond it, writing fails as on a full disk. */
    private static void limitFiles(ChildJvm child, String limits) {
        Peers.program("prlimit", List.of("--pid", Long.toString(child.pid()), "--fsize=" + limits), "");
    }

    private static long frameOf(String line) {
        return Long.parseLong(line.substring(line.indexOf("frame ") + "frame ".length()));
    }
}
