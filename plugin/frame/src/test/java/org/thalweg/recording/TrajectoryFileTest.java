package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.ExplainedVariance;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.testing.Peers;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

class TrajectoryFileTest {

    private final long seed = Seeds.fresh("TrajectoryFileTest");
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @RepeatedTest(3)
    void everythingIsReadAsItWasWritten() throws IOException {
        // Eleven runs: groups are listed by name, and 10 comes before 2.
        TrajectoryMap map = map(random.nextInt(1, 12), random.nextBoolean());
        Path file = directory.resolve("map.h5");
        TrajectoryFile.write(file, map);
        TrajectoryMap read = TrajectoryFile.read(file).orElseThrow();
        assertThat(read.plane()).isEqualTo(map.plane());
        assertThat(read.origin()).isEqualTo(map.origin());
        assertThat(read.variance()).usingRecursiveComparison().isEqualTo(map.variance());
        assertThat(read.trajectories())
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .isEqualTo(map.trajectories());
        assertThat(read.frame().surface())
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .isEqualTo(FrameFile.read(file).surface());
    }

    @RepeatedTest(2)
    void peersFindTheirDatasets() throws IOException {
        TrajectoryMap map = map(2, true);
        Path file = directory.resolve("map.h5");
        TrajectoryFile.write(file, map);
        Path picture = directory.resolve("picture.pdf");
        Map<String, Double> told = numbers(Peers.python(
                "/org/thalweg/peers/plots.py", List.of("h5py", "matplotlib"), "trajectory", file, picture));
        assertThat(picture).isNotEmptyFile();
        TrajectoryValues first = map.trajectories().get(0);
        int last = first.size() - 1;
        assertThat(told)
                .as("seed %d", seed)
                .containsEntry("snapshots", (double) first.size())
                .containsEntry("start_x", first.alpha()[0])
                .containsEntry("end_x", first.alpha()[last])
                .containsEntry("end_y", first.beta()[last])
                .containsEntry("arrays", 2.0)
                .containsEntry("ratio_x", map.variance().orElseThrow().ratio()[0])
                .containsEntry("train_loss_max", max(map.frame().surface().loss()));
        double norm = Math.sqrt(map.frame().directions().stream()
                .filter(array -> array.name().startsWith("eta/"))
                .flatMapToDouble(array -> floats(array))
                .map(value -> value * value)
                .sum());
        assertThat(told.get("norm_y")).as("seed %d", seed).isCloseTo(norm, within(1e-9 * norm));
    }

    @Test
    void aFrameWithoutTrajectoriesHasNone() throws IOException {
        Path file = directory.resolve("frame.h5");
        FrameWriter.write(file, new RandomFrames(random).frame(3));
        assertThat(TrajectoryFile.read(file)).isEmpty();
        assertThatThrownBy(() -> TrajectoryFile.read(directory.resolve("none.h5")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.h5");
    }

    @Test
    void whatCannotBeWrittenIsNamed() throws IOException {
        Path parent = Files.writeString(directory.resolve("occupied"), "");
        assertThatThrownBy(() -> TrajectoryFile.write(parent.resolve("map.h5"), map(1, true)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write " + parent.resolve("map.h5"));
    }

    private TrajectoryMap map(int runs, boolean components) {
        List<TrajectoryValues> trajectories = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            trajectories.add(trajectory("run " + i));
        }
        Optional<ExplainedVariance> variance =
                components ? Optional.of(new ExplainedVariance(normals(2), normals(2), normals(2))) : Optional.empty();
        return new TrajectoryMap(
                frame(), components ? "pca" : "first-frame", "run 0, iteration 12", trajectories, variance);
    }

    private TrajectoryValues trajectory(String run) {
        int points = random.nextInt(1, 9);
        return new TrajectoryValues(
                run,
                LongStream.range(0, points).map(i -> 7 * i).toArray(),
                normals(points),
                normals(points),
                normals(points),
                normals(points),
                normals(points));
    }

    /** A frame with a surface that can be contoured. */
    private Frame frame() {
        Frame drawn = new RandomFrames(random).frame(12);
        double[] axis = {-1, 0, 0.5, 2};
        boolean[][] evaluated = new boolean[4][4];
        for (boolean[] row : evaluated) {
            Arrays.fill(row, true);
        }
        double[][] loss = new double[4][];
        Arrays.setAll(loss, row -> normals(4));
        SurfaceValues surface =
                new SurfaceValues(axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty());
        return drawn.toBuilder()
                .surface(surface)
                .directions(List.of(array("delta/0_W"), array("delta/in/b"), array("eta/0_W"), array("eta/in/b")))
                .weights(List.of())
                .build();
    }

    private NamedArray array(String name) {
        float[] values = new float[6];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new NamedArray(name, new long[] {2, 3}, values);
    }

    private static DoubleStream floats(NamedArray array) {
        float[] values = (float[]) array.values();
        return DoubleStream.iterate(0, i -> i + 1).limit(values.length).map(i -> values[(int) i]);
    }

    private double[] normals(int count) {
        return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
    }

    private static double max(double[][] values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElseThrow();
    }

    private static Map<String, Double> numbers(String told) {
        return told.lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1])));
    }
}
