package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void aRunIsShownOnAPage() throws IOException {
        RecordedRun.write(directory);
        assertThat(info()).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .contains(
                        "run valley in " + directory,
                        "versions    dl4j 1.0.0-M2.1, thalweg 0.1",
                        "device      CPU, 2 cores",
                        "parameters  2,020, 20 of them constant, in 2 arrays, FLOAT",
                        "probe       512 of 10000 examples",
                        "options     grid 25",
                        "            normalization FILTER",
                        "iteration  epoch     loss  accuracy  lambda_max  +- error             lambda_min  +- error   "
                                + "            seconds  status",
                        "        0      0   2.3026         -           -  (kink)                        -  (kink)     "
                                + "                1.3  complete",
                        "      157      1  0.25000   97.50 %      12.500  +- 1.3e-02 residual    -0.50000  +- 2.5e-01"
                                + " residual        1.3  complete",
                        "      314      2  0.12500   97.50 %      12.500  +- 1.3e-02 residual    -0.50000  +- 2.5e-01"
                                + " residual *      1.3  complete",
                        "quantity       first frame  last frame  reason if absent in the last",
                        "gradient_norm       9.2103     0.50000",
                        "step_alpha               -           -  not foreseen",
                        "iteration   trace  +- standard error  estimator  samples  products",
                        "      157  103.25  +- 5.0e-01         hutch++         30        50",
                        "iteration  mean eigenvalue  +- standard error  variance     from      to  probes x steps",
                        "      314          0.25000  +- 1.0e-02           4.0000  -1.0000  11.000         10 x 80",
                        "off: not asked for, or without what it needs",
                        "averaged_validation_loss, batch_size, critical_step, distance_from_start",
                        "* not converged: a Ritz value");
    }

    @Test
    void whatFramesMeanIsSaidInWords() throws IOException {
        RecordedRun.write(directory);
        assertThat(info()).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "iteration  severity  finding",
                        "        0  warning   There are no eigenvalues: kink.",
                        "                       Read the reason: memory needs a larger budget, a kink another frame.",
                        "        0  warning   The grid is coarse: 3 x 3 points show little of what lies between them.",
                        "      314  warning   The grid is coarse: 3 x 3 points show little of what lies between them.")
                .noneMatch(line -> line.startsWith("      157  warning"))
                .as("advice stands once")
                .containsOnlyOnce("                       Take more points.");
    }

    @Test
    void severalRunsAreATable() throws IOException {
        Path other = directory.resolveSibling(directory.getFileName() + "-other");
        RecordedRun.write(directory);
        RecordedRun.writeWithoutFrames(other);
        assertThat(execute("info", directory, other)).isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString().lines().skip(1).findFirst().orElseThrow())
                .startsWith("valley")
                .contains("  3        314      2  0.12500   97.50 %      12.500  complete")
                .endsWith(directory.toString());
        assertThat(out.toString().lines().skip(2).findFirst().orElseThrow()).contains("no frames yet");
    }

    @Test
    void jsonHasEveryFrame() throws IOException {
        RecordedRun.write(directory);
        assertThat(execute("info", "--json", directory)).isZero();
        JsonArray runs = JsonParser.parseString(out.toString()).getAsJsonArray();
        assertThat(runs).hasSize(1);
        JsonObject run = runs.get(0).getAsJsonObject();
        assertThat(run.get("run").getAsString()).isEqualTo("valley");
        JsonArray frames = run.getAsJsonArray("frames");
        assertThat(frames).hasSize(3);
        assertThat(frames.get(0).getAsJsonObject().get("curvature_absent").getAsString())
                .isEqualTo("kink");
        JsonObject finding = frames.get(0)
                .getAsJsonObject()
                .getAsJsonArray("findings")
                .get(0)
                .getAsJsonObject();
        assertThat(finding.get("kind").getAsString()).isEqualTo("no_eigenvalues");
        assertThat(finding.get("advice").getAsString()).startsWith("Read the reason");
        JsonObject last = frames.get(2).getAsJsonObject();
        assertThat(last.get("loss").getAsDouble()).isEqualTo(0.125);
        assertThat(last.getAsJsonArray("largest")
                        .get(0)
                        .getAsJsonObject()
                        .get("value")
                        .getAsDouble())
                .isEqualTo(12.5);
    }

    @Test
    void aRunThatHasJustBegunHasNoFrames() throws IOException {
        RecordedRun.writeWithoutFrames(directory);
        assertThat(info()).isZero();
        assertThat(out.toString()).contains("no frames yet");
    }

    @Test
    void whatCanBeReadIsShownBesideWhatCannot() throws IOException {
        RecordedRun.write(directory);
        Path damaged = Files.writeString(directory.resolve("frames/000000157.h5"), "damage");
        assertThat(info()).isEqualTo(1);
        assertThat(out.toString()).contains("      314      2");
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("thalweg: " + damaged + " is damaged");
    }

    @Test
    void whatIsNoRunIsSaidInOneLine() {
        assertThat(info()).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("thalweg: no run at " + directory + ": it has no run.json");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("info")).isEqualTo(2);
        assertThat(execute("info", "--frobnicate", "x")).isEqualTo(2);
        assertThat(execute("unheard-of")).isEqualTo(2);
        assertThat(err.toString()).contains("unheard-of").contains("thalweg --help");
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).matches("thalweg \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(execute("info", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: thalweg info [-hV] [--json] RUN...");
    }

    private int info() {
        return execute("info", directory);
    }

    private int execute(Object... arguments) {
        return InProcess.execute(out, err, arguments);
    }
}
