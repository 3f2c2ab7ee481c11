package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportCommandTest extends CommandFixture {

    @Test
    void aRunAndItsLastFramesFileAreTheSameSurface() throws IOException {
        Path ofRun = directory.resolve("run.vtp");
        Path ofFile = directory.resolve("frame.vtp");
        assertThat(execute("export", run, "-o", ofRun)).as(err::toString).isZero();
        assertThat(execute("export", run.resolve("frames/000000314.h5"), "-o", ofFile))
                .as(err::toString)
                .isZero();
        assertThat(ofFile).hasSameTextualContentAs(ofRun);
        // Three points per side; in a corner the last frame has 4 times its loss of 0.125.
        assertThat(Files.readString(ofRun)).contains("NumberOfPoints=\"9\"", "NumberOfPolys=\"4\"", "\n0.5\n");
        assertThat(out.toString()).contains(ofRun + ": 9 points");
    }

    @Test
    void theNameDecidesTheFormatAndFrameTheFrame() throws IOException {
        for (String name : List.of("a.csv", "a.obj", "a.glb")) {
            assertThat(execute("export", run, "-o", directory.resolve(name), "--frame", "1"))
                    .as(err::toString)
                    .isZero();
        }
        List<String> lines = Files.readAllLines(directory.resolve("a.csv"));
        assertThat(lines).hasSize(10);
        assertThat(lines.get(0)).startsWith("xcoordinates,ycoordinates,train_loss");
        assertThat(lines.get(5)).startsWith("0.0,0.0,0.25");
        assertThat(Files.readAllLines(directory.resolve("a.obj"))).hasSize(9 + 9 + 8);
        assertThat(Files.readAllBytes(directory.resolve("a.glb"))).startsWith('g', 'l', 'T', 'F');
        assertThat(execute("export", run, "-o", directory.resolve("b.csv"), "--frame", "3"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has frames 0 to 2, got 3");
    }

    @Test
    void heightsAreCutOff() throws IOException {
        Path file = directory.resolve("cut.vtp");
        assertThat(execute("export", run, "-o", file, "--zmax", "0.25"))
                .as(err::toString)
                .isZero();
        assertThat(Files.readString(file)).contains("\n0.25\n").doesNotContain("\n0.5\n", "\n0.375\n");
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        Path file = directory.resolve("a.vtp");
        assertThat(execute("export", run, "-o", file, "--values", "test_loss")).isEqualTo(1);
        assertThat(execute("export", directory.resolve("none"), "-o", file)).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "thalweg: " + run
                                + " has no test_loss: its surface has no validation probe, or belongs to a regression",
                        "thalweg: no run at " + directory.resolve("none") + ": there is no such directory");
        assertThat(execute("export", run, "-o", directory.resolve("a.vtk"))).isEqualTo(2);
        assertThat(execute("export", run, "-o", file, "--zmax", "NaN")).isEqualTo(2);
        assertThat(file).doesNotExist();
    }
}
