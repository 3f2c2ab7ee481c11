package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.testing.StandardError;

class PictureCommandsTest extends CommandFixture {

    @Test
    void anImageOfAFrameIsAPngFile() throws IOException {
        Path png = directory.resolve("new/picture.png");
        assertThat(execute("image", run, "-o", png, "--size", "321x181", "--frame", "1", "--style", "split"))
                .as(err::toString)
                .isZero();
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(321);
        assertThat(image.getHeight()).isEqualTo(181);
        assertThat(out.toString()).contains(png + ": 321x181");
    }

    @Test
    void aFramesFileIsDrawnByItself() throws IOException {
        Path png = directory.resolve("frame.png");
        Path frame = run.resolve("frames/000000157.h5");
        assertThat(execute("image", frame, "-o", png, "--size", "320x180"))
                .as(err::toString)
                .isZero();
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(320);
        assertThat(execute("image", frame, "-o", png, "--frame", "1")).isEqualTo(2);
        assertThat(execute("image", run.resolve("run.json"), "-o", png)).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "thalweg: Invalid value for option '--frame': the run at " + frame
                                + " has frames 0 to 0, got 1 ('thalweg image --help' lists all options)",
                        "thalweg: " + run.resolve("run.json")
                                + " is not an HDF5 file: give the directory of a run, or a file of 'thalweg analyze'");
    }

    @Test
    void trajectoriesAreDrawnAsContoursUnlessAskedOtherwise() throws IOException {
        Path file = directory.resolve("plane.h5");
        TrajectoryFile.write(file, RecordedRun.trajectories());
        Path contour = directory.resolve("contour.png");
        Path byName = directory.resolve("named.png");
        Path surface = directory.resolve("surface.png");
        assertThat(execute("image", file, "-o", contour, "--size", "640x360"))
                .as(err::toString)
                .isZero();
        assertThat(execute("image", file, "-o", byName, "--size", "640x360", "--style", "contour"))
                .isZero();
        assertThat(execute("image", file, "-o", surface, "--size", "640x360", "--style", "surface"))
                .isZero();
        assertThat(byName).hasSameBinaryContentAs(contour);
        assertThat(Files.mismatch(surface, contour)).isNotEqualTo(-1);
    }

    @Test
    void aFilmIsMadeAndItsSizeSaid() throws IOException {
        Path film = directory.resolve("film.mp4");
        assertThat(execute("video", run, "-o", film, "--size", "321x181", "--seconds", "0.3", "--fps", "10"))
                .as(err::toString)
                .isZero();
        assertThat(Files.size(film)).isGreaterThan(1000);
        assertThat(out.toString())
                .contains(film + ": 3 pictures of 320x180")
                .contains("320x180 instead of 321x181 since both sides must be even");
    }

    @Test
    void twoRunsAreComparedSideBySide() throws IOException {
        Path film = directory.resolve("film.gif");
        assertThat(execute(
                        "video",
                        run,
                        run,
                        "-o",
                        film,
                        "--size",
                        "320x180",
                        "--seconds",
                        "0.3",
                        "--fps",
                        "10",
                        "--z",
                        "linear",
                        "--theme",
                        "light",
                        "--camera",
                        "fixed",
                        "--colors",
                        "cividis",
                        "--frames",
                        "1:"))
                .as(err::toString)
                .isZero();
        assertThat(film).exists();
    }

    @Test
    void aDamagedFrameIsLeftOutAndNamed() throws IOException {
        Path whole = directory.resolve("whole.png");
        assertThat(execute("image", run, "-o", whole, "--size", "320x180", "--frame", "2"))
                .isZero();
        Path damaged = Files.writeString(run.resolve("frames/000000157.h5"), "damage");
        Path film = directory.resolve("film");
        String said = StandardError.during(() -> assertThat(execute(
                        "video",
                        run,
                        "-o",
                        film,
                        "--size",
                        "320x180",
                        "--seconds",
                        "0.3",
                        "--fps",
                        "10",
                        "--style",
                        "contour"))
                .as(err::toString)
                .isZero());
        assertThat(said).contains("a frame is left out: " + damaged + " is damaged");
        assertThat(film).isDirectoryContaining("glob:**.png");

        Path last = directory.resolve("last.png");
        Path byIndex = directory.resolve("index.png");
        said = StandardError.during(() -> {
            assertThat(execute("image", run, "-o", last, "--size", "320x180")).isZero();
            assertThat(execute("image", run, "-o", byIndex, "--size", "320x180", "--frame", "2"))
                    .isZero();
        });
        assertThat(said).contains("a frame is left out: " + damaged + " is damaged");
        assertThat(byIndex).as("is the frame that it was").hasSameBinaryContentAs(last);

        assertThat(err.toString()).isEmpty();
        assertThat(execute("image", run, "-o", last, "--frame", "1")).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("thalweg: " + damaged + " is damaged");
    }

    @Test
    void aRunOfDamagedFramesAloneIsAnError() throws IOException {
        for (String frame : List.of("000000000", "000000157", "000000314")) {
            Files.writeString(run.resolve("frames/" + frame + ".h5"), "damage");
        }
        assertThat(execute("image", run, "-o", directory.resolve("a.png"))).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("thalweg: " + run.resolve("frames/000000000.h5") + " is damaged");
    }

    @Test
    void whatCannotBeMadeIsSaidInOneLine() {
        Path none = directory.resolve("none");
        assertThat(execute("video", none, "-o", directory.resolve("film.gif"))).isEqualTo(1);
        assertThat(execute("video", run, "-o", directory.resolve("film.avi"))).isEqualTo(2);
        assertThat(execute("image", run, "-o", directory.resolve("a.png"), "--frame", "17"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "thalweg: no run at " + none + ": there is no such directory",
                        "thalweg: cannot make a film as " + directory.resolve("film.avi")
                                + ": give a name that ends in .mp4, .webm or .gif, or a directory for PNG files"
                                + " ('thalweg video --help' lists all options)",
                        "thalweg: Invalid value for option '--frame': the run at " + run
                                + " has frames 0 to 2, got 17 ('thalweg image --help' lists all options)");
    }

    /** No file can be created there, whichever user runs the test. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeWrittenIsSaidUnderTheNameThatWasGiven() {
        for (String name : List.of("a.png", "a.gif", "a.mp4", "a.webm", "a.html", "a.vtp", "a.csv", "a.glb", "a.obj")) {
            String command = name.endsWith("png") ? "image" : name.endsWith("html") ? "view" : "export";
            boolean film = name.matches(".*(gif|mp4|webm)");
            assertThat(execute(film ? "video" : command, run, "-o", "/proc/" + name))
                    .isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .hasSize(9)
                .allSatisfy(line -> assertThat(line).startsWith("thalweg: cannot write /proc/a."))
                .noneSatisfy(line -> assertThat(line).contains(".part"));
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(execute("image", run)).isEqualTo(2);
        assertThat(execute("image", run, "-o", directory.resolve("a.jpg"))).isEqualTo(2);
        assertThat(execute("image", run, "-o", directory.resolve("a.png"), "--frame", "first"))
                .isEqualTo(2);
        assertThat(execute("image", run, "-o", directory.resolve("a.png"), "--size", "big"))
                .isEqualTo(2);
        assertThat(execute("image", run, "-o", directory.resolve("a.png"), "--size", "0x0"))
                .isEqualTo(2);
        assertThat(execute("video", run, "-o", directory.resolve("a.gif"), "--style", "cubist"))
                .isEqualTo(2);
        assertThat(execute("video", run, "-o", directory.resolve("a.gif"), "--frames", "1-2"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("0x0").contains("surface, contour, spectrum, split");
    }
}
