package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.demo.data.DrawnImages;
import org.thalweg.testing.Seeds;

/** Invalid input gives one line with the value, and nothing is written. */
class DemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "vgg13,            'unknown scenario ''vgg13'', expected one of lenet, lstm, mobilenet, edge-of-stability'",
        "lenet --grids 5,  'Unknown options: ''--grids'', ''5''; did you mean ''--grid''?'",
        "lenet more,       Unmatched argument at index 1: 'more'",
        "--budget 1.5,     '--budget must be a share in (0, 1]'",
        "--budget 0,       got 0",
        "--grid 24,        --grid must be odd and at least 3",
        "--grid 24,        got 24",
        "--grid 1,         got 1",
        "--grid many,      'many'",
        "--range 0,        '--range must be positive, got 0.0'",
        "--range NaN,      got NaN",
        "--plane pca,      'expected one of [random, eigen, eigen-ends, gradient] but was ''pca'' (see'",
        "lstm --task chart,'expected one of [charts, text] but was ''chart''; did you mean ''charts''?'",
        "--plane gradient --fixed-plane,    leave one of them out",
        "--probe 0,        '--probe must be at least 1, got 0'",
        "--epochs 0,       got 0",
        "--iterations -5,  got -5",
        "--every 0,        got 0",
        "--every-iterations 0,              got 0",
        "--every 2 --every-iterations 5,    got both",
        "--eigenvalues -1, got -1",
        "--metrics-port 70000,              got 70000",
        "--metrics-port 0 --no-landscape,   leave one of them out",
        "--seed,           --seed"
    })
    void usageErrors(String arguments, String expected) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(errorLine()).contains(expected);
    }

    @Test
    void missingData() {
        Path missing = directory.resolve("missing");
        assertThat(run("--data", missing.toString(), "--out", target())).isEqualTo(1);
        assertThat(errorLine()).contains(missing + " does not exist");
    }

    @Test
    void outputThatIsAFileOrNotEmpty() throws IOException {
        DrawnImages.write(directory, "t10k", 20, Seeds.fresh("DemoTest"));
        Path file = directory.resolve("t10k-images-idx3-ubyte.gz");

        assertThat(run("--data", directory.toString(), "--out", file.toString()))
                .isEqualTo(1);
        assertThat(errorLine()).contains(file + " is a file");

        assertThat(run("--data", directory.toString(), "--out", directory.toString()))
                .isEqualTo(1);
        assertThat(errorLine()).contains(directory + " holds something that is not a run");

        assertThat(run("--data", directory.toString(), "--out", file + "/below"))
                .isEqualTo(1);
        assertThat(errorLine()).contains(file + " is not a writable directory");
    }

    @Test
    void portInUse() throws IOException {
        DrawnImages.write(directory, "t10k", 20, Seeds.fresh("DemoTest"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("--data", directory.toString(), "--out", target(), "--metrics-port", port))
                    .isEqualTo(1);
            assertThat(errorLine()).contains("port " + port);
        }
    }

    @Test
    void studiesContinueInTheirOwnDirectory() {
        assertThat(run("probe-size", "--resume", target(), "--out", target())).isEqualTo(2);
        assertThat(errorLine()).contains("--resume continues", "--out starts another one", "got both");

        assertThat(run("generalization", "--resume", directory.toString())).isEqualTo(1);
        assertThat(errorLine()).contains("no study to continue in " + directory + ": it has no study.txt");
    }

    @Test
    void help() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Scenarios", "lenet", "--every-iterations");
        assertThat(run("lenet", "--help")).isZero();
        assertThat(errors.size()).isZero();
    }

    @Test
    void list() {
        assertThat(run("--list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly(
                        "lenet",
                        "lstm",
                        "mobilenet",
                        "edge-of-stability",
                        "early-steps",
                        "gallery",
                        "skip-vs-plain",
                        "batchnorm",
                        "batch-size",
                        "pruning",
                        "generalization",
                        "probe-size",
                        "pca-trajectory",
                        "vgg-seed",
                        "follow",
                        "imagenet-style");
    }

    private int run(String... arguments) {
        errors.reset();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        return Demo.run(console, new PrintStream(errors, true, StandardCharsets.UTF_8), arguments);
    }

    private String target() {
        return directory.resolve("run").toString();
    }

    /** The only line on the error stream. */
    private String errorLine() {
        assertThat(errors.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(Files.exists(Path.of(target()))).isFalse();
        return errors.toString(StandardCharsets.UTF_8).strip();
    }
}
