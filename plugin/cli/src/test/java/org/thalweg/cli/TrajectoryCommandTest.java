package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class TrajectoryCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final long seed = Seeds.fresh("TrajectoryCommandTest");
    private final DataSet data = Networks.data(16, seed, 6);

    @TempDir
    private Path directory;

    private Path run;
    private Path other;
    private Path file;

    @BeforeEach
    void record() throws IOException {
        run = directory.resolve("run");
        other = directory.resolve("other");
        file = directory.resolve("new/plane.h5");
        TrainedRun.write(run, "run", Networks.mlp(DataType.FLOAT, seed), data, 4);
        TrainedRun.write(other, "run", Networks.mlp(DataType.FLOAT, seed + 1), data, 3);
    }

    @Test
    void runsOnOnePlaneAreWrittenAndDrawn() throws IOException {
        assertThat(execute("trajectory", run, other, "--grid", "9", "-o", file))
                .as(err::toString)
                .isZero();
        TrajectoryMap map = TrajectoryFile.read(file).orElseThrow();
        assertThat(map.frame().status()).isEqualTo(Frame.Status.COMPLETE);
        assertThat(map.frame().surface().evaluatedPoints()).isEqualTo(81);
        // Both runs have the same name: those of their directories tell them apart.
        assertThat(map.trajectories()).extracting(TrajectoryValues::run).containsExactly("run", "other");
        assertThat(map.trajectories()).extracting(TrajectoryValues::size).containsExactly(5, 4);
        assertThat(out.toString())
                .contains("run: 5 snapshots, loss", "other: 4 snapshots", "% of the variance", file + ": 81 points");
        Path picture = directory.resolve("plane.png");
        assertThat(execute("image", file, "-o", picture, "--size", "640x360"))
                .as(err::toString)
                .isZero();
        assertThat(picture).isNotEmptyFile();
    }

    /** Half of a finished surface taken away again, as a kill leaves it. */
    @Test
    void whatWasStoppedIsGoneOnWith() throws IOException {
        assertThat(execute("trajectory", run, other, "--grid", "9", "-o", file))
                .as(err::toString)
                .isZero();
        TrajectoryMap whole = TrajectoryFile.read(file).orElseThrow();
        TrajectoryFile.write(file, withoutSome(whole));
        assertThat(execute("image", file, "-o", directory.resolve("partial.png"), "--size", "320x180"))
                .as(err::toString)
                .isZero();
        assertThat(execute("trajectory", run, other, "--grid", "9", "-o", file))
                .as(err::toString)
                .isZero();
        TrajectoryMap again = TrajectoryFile.read(file).orElseThrow();
        assertThat(again.frame().status()).isEqualTo(Frame.Status.COMPLETE);
        assertThat(again.frame().surface().loss())
                .as("seed %d", seed)
                .isDeepEqualTo(whole.frame().surface().loss());
        assertThat(again.trajectories())
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .isEqualTo(whole.trajectories());
        assertThat(execute("trajectory", run, other, "--grid", "7", "-o", file)).isEqualTo(1);
        assertThat(execute("trajectory", run, "--grid", "9", "-o", file)).isEqualTo(1);
        assertThat(execute("trajectory", run, other, "--snapshots", "3", "--grid", "9", "-o", file))
                .isEqualTo(1);
        assertThat(err.toString()).contains("grid was 9 x 9 points", "runs was [run, other], is [run]");
        Path frame = run.resolve("frames/000000001.h5");
        assertThat(execute("trajectory", run, "-o", frame)).isEqualTo(1);
        assertThat(err.toString()).contains(frame + " holds no trajectories");
    }

    private static TrajectoryMap withoutSome(TrajectoryMap whole) {
        SurfaceValues surface = whole.frame().surface();
        boolean[][] evaluated = surface.evaluated();
        double[][] loss = surface.loss();
        for (int row = 1; row < evaluated.length; row += 2) {
            Arrays.fill(evaluated[row], false);
            Arrays.fill(loss[row], Double.NaN);
        }
        SurfaceValues some = new SurfaceValues(
                surface.alpha(),
                surface.beta(),
                evaluated,
                loss,
                surface.accuracy(),
                surface.validationLoss(),
                surface.validationAccuracy());
        Frame frame = whole.frame();
        return new TrajectoryMap(
                frame.withoutArrays().toBuilder()
                        .status(Frame.Status.PARTIAL)
                        .surface(some)
                        .build(),
                whole.plane(),
                whole.origin(),
                whole.trajectories(),
                whole.variance());
    }

    @Test
    void planeRangeSnapshotsAndSeedAreAsAsked() throws IOException {
        assertThat(execute(
                        "trajectory",
                        run,
                        "--plane",
                        "first-frame",
                        "--grid",
                        "5",
                        "--range",
                        "-0.5:1.5,-1:1",
                        "--snapshots",
                        "2",
                        "--seed",
                        "8",
                        "-o",
                        file))
                .as(err::toString)
                .isZero();
        TrajectoryMap map = TrajectoryFile.read(file).orElseThrow();
        assertThat(map.plane()).isEqualTo("first-frame");
        assertThat(map.variance()).isEmpty();
        assertThat(map.trajectories().get(0).iterations()).containsExactly(0, 4);
        SurfaceValues surface = map.frame().surface();
        assertThat(surface.alpha()).containsExactly(-0.5, 0, 0.5, 1, 1.5);
        assertThat(surface.beta()).containsExactly(-1, -0.5, 0, 0.5, 1);
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() throws IOException {
        Path graph = directory.resolve("deeper");
        TrainedRun.write(
                graph, "deeper", Networks.cnn(DataType.FLOAT, seed, false), Networks.data(4, seed, 1, 8, 8), 2);
        Path occupied = Files.writeString(directory.resolve("occupied"), "");
        assertThat(execute("trajectory", run, graph, "-o", file)).isEqualTo(1);
        assertThat(execute("trajectory", run, "--snapshots", "2", "-o", file)).isEqualTo(1);
        assertThat(execute("trajectory", directory, "-o", file)).isEqualTo(1);
        assertThat(execute("trajectory", run, "-o", occupied.resolve("plane.h5")))
                .isEqualTo(1);
        assertThat(err.toString().lines().filter(line -> line.startsWith("thalweg: ")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("models must be of one architecture"),
                        line -> assertThat(line).contains("need at least 3 snapshots of a trajectory, got 2"),
                        line -> assertThat(line).contains("no run at " + directory),
                        line -> assertThat(line).contains(occupied.toString()));
        assertThat(file).doesNotExist();
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(execute("trajectory", "-o", file)).isEqualTo(2);
        assertThat(execute("trajectory", run)).isEqualTo(2);
        assertThat(execute("trajectory", run, "-o", directory.resolve("plane.csv")))
                .isEqualTo(2);
        assertThat(execute("trajectory", run, "-o", file, "--plane", "flat")).isEqualTo(2);
        assertThat(execute("trajectory", run, "-o", file, "--range", "1:-1")).isEqualTo(2);
        assertThat(execute("trajectory", run, "-o", file, "--range", "wide")).isEqualTo(2);
        assertThat(execute("trajectory", run, "-o", file, "--grid", "2")).isEqualTo(2);
        assertThat(err.toString())
                .contains("must end in .h5", "pca, first-frame", "from a smaller to a larger", "at least 3 points");
        assertThat(file).doesNotExist();
    }

    private int execute(Object... arguments) {
        return InProcess.execute(out, err, arguments);
    }
}
