package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;

/** A run that Thalweg 0.1 has written, without lock and digests, is read and continued. */
class FormerRunTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        Path former = Path.of(
                Objects.requireNonNull(getClass().getResource("run-0.1")).toURI());
        try (Stream<Path> files = Files.walk(former)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(former.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void itIsReadAsItWas() throws IOException {
        RunReader run = RunReader.open(directory);
        assertThat(run.iterations()).containsExactly(0L, 120L);
        assertThat(run.provenance().versions()).containsEntry("thalweg", "0.1.0");
        assertThat(run.provenance().options()).containsEntry("grid", 3L).containsEntry("range", 1.0);
        Frame frame = run.frame(120);
        assertThat(frame.epoch()).isEqualTo(2);
        assertThat(frame.loss()).isEqualTo(122.5);
        assertThat(frame.surface().alpha()).containsExactly(-1, 0, 1);
        assertThat(frame.surface().beta()).containsExactly(-1, 1);
        assertThat(Arrays.deepToString(frame.surface().loss())).isEqualTo("[[4.0, 122.5, 3.0], [1.0, NaN, 2.0]]");
        assertThat(frame.surface().evaluatedPoints()).isEqualTo(5);
        assertThat(frame.curvature().lambdaMax()).hasValueSatisfying(eigenvalue -> {
            assertThat(eigenvalue.value()).isEqualTo(9.5);
            assertThat(eigenvalue.converged()).isTrue();
        });
        assertThat(frame.curvature().lambdaMin())
                .hasValueSatisfying(
                        eigenvalue -> assertThat(eigenvalue.residual()).isEqualTo(0.02));
        assertThat(frame.quantities()).containsEntry("gradient_norm", 0.75);
        assertThat(run.directions(120)).hasSize(2);
        assertThat((float[]) run.weights(120).get(0).values()).containsExactly(0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f);
        assertThat(run.probe()).hasSize(2);
    }

    @Test
    void itIsContinued() throws IOException {
        RunReader run = RunReader.open(directory);
        Frame last = run.frame(120);
        try (RunRecorder recorder = new RunRecorder(directory, 120)) {
            recorder.start(withProbe(run));
            recorder.frame(last);
        }
        assertThat(run.iterations()).containsExactly(0L, 120L);
        assertThat(Files.readAllLines(directory.resolve("metrics.csv"))).hasSize(3);
    }

    private static RunProvenance withProbe(RunReader run) throws IOException {
        RunProvenance of = run.provenance();
        return new RunProvenance(
                of.run(),
                of.versions(),
                of.device(),
                of.objective(),
                of.modelConfiguration(),
                of.parameters(),
                of.dataType(),
                of.options(),
                of.settings(),
                run.probe(),
                of.probeSource());
    }
}
