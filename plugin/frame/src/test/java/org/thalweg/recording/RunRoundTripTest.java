package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.RecursiveComparisonAssert;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

class RunRoundTripTest {

    private final long seed = Seeds.fresh("RunRoundTripTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));

    @TempDir
    private Path directory;

    @RepeatedTest(20)
    void framesComeBackAsTheyWere() throws IOException {
        Frame frame = random.frame(12);
        RunReader run = record(List.of(frame));

        assertThat(run.iterations()).containsExactly(12L);
        assertSame(run.frame(12)).ignoringFields("directions", "weights").isEqualTo(frame);
        assertSameArrays(run.directions(12), frame.directions());
        assertSameArrays(run.weights(12), frame.weights());
    }

    @Test
    void theDescriptionComesBackAsItWas() throws IOException {
        RunProvenance provenance = random.provenance("valley");
        Instant before = Instant.now().minusSeconds(1);
        RunReader run = record(provenance, List.of());

        assertSame(run.provenance())
                .ignoringFields("probe", "modelConfiguration")
                .isEqualTo(provenance);
        assertThat(JsonParser.parseString(run.provenance().modelConfiguration()))
                .isEqualTo(JsonParser.parseString(provenance.modelConfiguration()));
        assertSameArrays(run.probe(), provenance.probe());
        assertThat(run.started()).isBetween(before, Instant.now());
    }

    @Test
    void theModelIsJsonWithinTheJson() throws IOException {
        RunReader run = record(List.of());
        assertThat(JsonParser.parseString(Files.readString(run.directory().description()))
                        .getAsJsonObject()
                        .getAsJsonObject("model")
                        .has("layers"))
                .isTrue();
    }

    @Test
    void aModelConfigurationThatIsNoJsonIsKeptAsItIs() throws IOException {
        RunProvenance with = random.provenance("own");
        RunProvenance own = new RunProvenance(
                "own",
                with.versions(),
                "none",
                "mine",
                "x -> x^2 {",
                List.of(),
                "DOUBLE",
                with.options(),
                List.of(),
                "none");
        assertThat(record(own, List.of()).provenance().modelConfiguration()).isEqualTo("x -> x^2 {");
    }

    @Test
    void aRunCanBeReadWhileItIsWritten() throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(random.provenance("live"));
            RunReader run = RunReader.open(directory);
            assertThat(run.iterations()).isEmpty();
            recorder.frame(random.frame(0));
            assertThat(run.iterations()).containsExactly(0L);
            Files.writeString(directory.resolve("frames/.000000157.h5.part"), "half");
            assertThat(run.iterations()).containsExactly(0L);
            recorder.frame(random.frame(1_234_567_890L));
            assertThat(run.iterations()).containsExactly(0L, 1_234_567_890L);
            assertThat(run.frame(1_234_567_890L).iteration()).isEqualTo(1_234_567_890L);
        }
    }

    @Test
    void aSecondFrameAtAnIterationReplacesTheFirst() throws IOException {
        Frame first = random.frame(3);
        Frame second = random.frame(3);
        RunReader run = record(List.of(first, random.frame(4), second));
        assertSame(run.frame(3)).ignoringFields("directions", "weights").isEqualTo(second);
        assertThat(Files.readAllLines(run.directory().metrics())).hasSize(3);
    }

    @Test
    void nothingButTheFilesOfTheRunIsLeft() throws IOException {
        record(List.of(random.frame(0), random.frame(1)));
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("\\.lock|run\\.json|probe\\.h5|metrics\\.csv|\\d{9}\\.h5"));
        }
    }

    @Test
    void aFrameThatCannotBeWrittenLeavesNothing() throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(random.provenance("broken"));
            Path blocked = directory.resolve("frames/000000005.h5");
            Files.createDirectories(blocked.resolve("in the way"));
            assertThatThrownBy(() -> recorder.frame(random.frame(5)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(blocked.toString());
            try (Stream<Path> files = Files.list(blocked.resolveSibling(""))) {
                assertThat(files).containsExactly(blocked);
            }
            recorder.frame(random.frame(6));
        }
        assertThat(RunReader.open(directory).frame(6).iteration()).isEqualTo(6);
    }

    private RunReader record(List<Frame> frames) throws IOException {
        return record(random.provenance("test"), frames);
    }

    private RunReader record(RunProvenance provenance, List<Frame> frames) throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(provenance);
            for (Frame frame : frames) {
                recorder.frame(frame);
            }
        }
        return RunReader.open(directory);
    }

    private RecursiveComparisonAssert<?> assertSame(Object actual) {
        return assertThat(actual)
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .withEqualsForType((a, b) -> Float.compare(a, b) == 0, Float.class);
    }

    private void assertSameArrays(List<NamedArray> actual, List<NamedArray> expected) {
        Comparator<NamedArray> byName = Comparator.comparing(NamedArray::name);
        assertSame(actual.stream().sorted(byName).toList())
                .isEqualTo(expected.stream().sorted(byName).toList());
    }
}
