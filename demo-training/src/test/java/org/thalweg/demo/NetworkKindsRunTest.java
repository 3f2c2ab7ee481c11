package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Seeds;

/** Recurrent networks and graphs of depthwise convolutions, from the command line to the files. */
class NetworkKindsRunTest {

    private final long seed = Seeds.fresh("NetworkKindsRunTest");

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

    private String run(String scenario, String where, String name, int iterations) {
        List<String> arguments = new ArrayList<>(List.of(scenario.split(" ", -1)));
        arguments.addAll(List.of(where, directory.resolve(name).toString(), "--seed", Long.toString(seed)));
        arguments.addAll(List.of("--iterations", Integer.toString(iterations), "--every-iterations", "1"));
        arguments.addAll(List.of("--grid", "3", "--probe", "8", "--no-film", "--no-page"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = Demo.run(
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
        assertThat(status)
                .as("seed %d: %s", seed, errors.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String digest(String output) {
        return output.substring(output.indexOf("parameters sha256: "));
    }
}
