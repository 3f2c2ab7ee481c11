package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Seeds;

/** Faults that take a JVM of their own. */
@Timeout(120)
class ChildFaultsTest {

    private final long seed = Seeds.fresh("ChildFaultsTest");

    @TempDir
    private Path directory;

    @Test
    void aFullDiskCostsTheFramesThatDoNotFit() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Path run = disk.resolve("run");
        try (ChildJvm child = ChildJvm.withDisk(disk, "64m", ChildTraining.class, run, seed)) {
            child.awaitLine("frame 20");
            Path filler = child.seen(disk.resolve("filler"));
            fillUp(filler);
            child.awaitLine("failed RunRecorder");
            long during = frameOf(child.awaitLine("frame "));
            child.awaitLine("frame " + (during + 20));
            RunReader reader = RunReader.open(child.seen(run));
            assertThat(reader.iterations()).doesNotContain(during + 10);

            Files.delete(filler);
            long first = firstRecordedAfter(during, reader, child);
            child.awaitLine("frame " + (first + 5));
            assertThat(reader.iterations())
                    .as("from %d, seed %d", first, seed)
                    .containsAll(
                            LongStream.rangeClosed(first, first + 5).boxed().toList());
            assertThat(TrainingFixture.warnings(child.read())).hasSize(1);
            everyListedFrameIsWhole(child.seen(run));
        }
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

    /** Lines lag behind: the first ones may be about frames from before there was room again. */
    private static long firstRecordedAfter(long iteration, RunReader reader, ChildJvm child) throws IOException {
        Optional<Long> first = Optional.empty();
        while (first.isEmpty()) {
            child.awaitLine("frame ");
            first = reader.iterations().stream()
                    .filter(recorded -> recorded > iteration)
                    .findFirst();
        }
        return first.get();
    }

    /** Writes until the disk has no room for another byte. */
    private static void fillUp(Path filler) throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    out.write(page);
                }
            });
        }
    }

    private static long frameOf(String line) {
        return Long.parseLong(line.substring(line.indexOf("frame ") + "frame ".length()));
    }
}
