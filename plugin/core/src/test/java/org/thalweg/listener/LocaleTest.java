package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.Values;

/** A run is the same to the last digit wherever it is recorded: where digits are others, i has no dot, or commas are points. */
@Timeout(120)
class LocaleTest {

    private final long seed = Seeds.fresh("LocaleTest");

    @TempDir
    private Path directory;

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(List.of("-Duser.language=ar", "-Duser.country=EG"), Map.of()),
                Arguments.of(
                        List.of("-Duser.language=tr", "-Duser.country=TR", "-Dfile.encoding=ISO-8859-1"), Map.of()),
                Arguments.of(List.of("-Duser.language=de", "-Duser.country=DE"), Map.of("LC_ALL", "C")));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aRunIsTheSameEverywhere(List<String> options, Map<String, String> environment) throws Exception {
        Path here = directory.resolve("here");
        Path there = directory.resolve("there");
        ForeignTraining.train(here, seed, seed);
        List<String> table = columns(here);
        try (ChildJvm child = ChildJvm.inLocale(options, environment, ForeignTraining.class, there, here, seed)) {
            assertThat(child.awaitEnd()).as(child.read()).isZero();
            assertThat(child.read()).contains("refused: ", "features have other values");
        }
        assertThat(files(there)).isEqualTo(files(here));
        RunReader recorded = RunReader.open(there);
        RunReader continued = RunReader.open(here);
        assertThat(recorded.provenance().run()).isEqualTo("Tal der Größe");
        assertThat(recorded.iterations()).containsExactly(0L, 1L, 2L);
        for (long iteration : recorded.iterations()) {
            assertThat(text(recorded.frame(iteration))).isEqualTo(text(continued.frame(iteration)));
        }
        assertThat(columns(there)).isEqualTo(table).isEqualTo(columns(here));
    }

    /** All of a frame but its times. */
    private static String text(Frame frame) {
        return frame.loss() + Values.text(frame.surface()) + Values.text(frame.curvature());
    }

    private static List<String> files(Path run) throws Exception {
        try (Stream<Path> files = Files.walk(run)) {
            return files.map(file -> run.relativize(file).toString()).sorted().toList();
        }
    }

    /** Iterations, losses and eigenvalues of metrics.csv. */
    private static List<String> columns(Path run) throws Exception {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 10)))
                .toList();
    }
}
