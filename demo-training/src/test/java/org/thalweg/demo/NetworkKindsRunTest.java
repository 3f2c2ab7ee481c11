package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Seeds;

/** Recurrent networks and graphs of depthwise convolutions, from the command line to the files. */
class NetworkKindsRunTest {

    private final long seed = Seeds.fresh("NetworkKindsRunTest");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "lstm --task text", "mobilenet"})
    void trainsWithExactCurvatureAndContinues(String scenario) throws IOException {
        String whole = digest(run(scenario, "--out", "whole", 2));
        run(scenario, "--out", "parts", 1);
        assertThat(digest(run(scenario, "--resume", "parts", 2)))
                .as("%s, seed %d", scenario, seed)
                .isEqualTo(whole);

        RunReader reader = RunReader.open(directory.resolve("whole"));
        assertThat(reader.iterations()).containsExactly(0L, 1L, 2L);
        Frame last = reader.frame(2);
        assertThat(last.curvature().method()).as(scenario).isEqualTo("exact");
        assertThat(last.curvature().lambdaMax())
                .as("%s, seed %d", scenario, seed)
                .hasValueSatisfying(pair -> assertThat(pair.converged()).isTrue());
        assertThat(last.surface().loss())
                .as("%s, seed %d", scenario, seed)
                .isDeepEqualTo(RunReader.open(directory.resolve("parts"))
                        .frame(2)
                        .surface()
                        .loss());
    }

    /** Another task or scenario is refused before anything is printed or written. */
    @Test
    void anotherTaskOrScenarioIsNamed() throws IOException {
        // Without eigenvalues, which are most of the work and have no part in what is told apart.
        run("lstm --task text --eigenvalues 0", "--out", "run", 1);
        Path run = directory.resolve("run");
        Map<String, FileTime> before = files(run);
        for (String other : List.of("lstm", "lenet", "mobilenet", "lenet --updater sgd")) {
            assertThat(status(other, "--resume", "run", 2)).isEqualTo(1);
            assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                    .singleElement()
                    .asString()
                    .startsWith("demo-training: the run 'run' in " + run + " is one of 'lstm --task text', not of '"
                            + other)
                    .endsWith(": give lstm --task text --resume " + run);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        }
        assertThat(status("lstm --task text", "--resume", "run", 2)).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("holds a different run");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(files(run)).isEqualTo(before);
    }

    /** Times of a run's files, without the lock file, which names the last process that tried. */
    private static Map<String, FileTime> files(Path run) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList()) {
                times.put(run.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private String run(String scenario, String where, String name, int iterations) {
        assertThat(status(scenario, where, name, iterations))
                .as("seed %d: %s", seed, errors.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private int status(String scenario, String where, String name, int iterations) {
        out.reset();
        errors.reset();
        List<String> arguments = new ArrayList<>(List.of(scenario.split(" ", -1)));
        arguments.addAll(List.of(where, directory.resolve(name).toString(), "--seed", Long.toString(seed)));
        arguments.addAll(List.of("--iterations", Integer.toString(iterations), "--every-iterations", "1"));
        arguments.addAll(List.of("--grid", "3", "--probe", "8", "--no-film", "--no-page"));
        return Demo.run(
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
    }

    private static String digest(String output) {
        return output.substring(output.indexOf("parameters sha256: "));
    }
}
