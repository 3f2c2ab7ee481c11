package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.recording.RunRecorder;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.internal.scene.MinimizerPath.Place;

/** Minimizers at known places of known planes, recorded and read again. */
class MinimizerPathTest {

    private static final int SIZE = 60;

    private final long seed = Seeds.fresh("MinimizerPathTest");
    private final SplittableRandom random = new SplittableRandom(seed);
    private final double[] delta = normal();
    private final double[] eta = normal();

    @TempDir
    private Path directory;

    @RepeatedTest(3)
    void findsMinimizersWhereTheyLieOnThePlane() throws IOException {
        double[] last = normal();
        double[][] places = {{-1.5, 0.25}, {0.5, -2}, {0, 0}};
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < places.length; k++) {
            frames.add(frame(10L * k, moved(last, places[k][0], places[k][1])));
        }
        MinimizerPath trajectory = read(frames).orElseThrow();
        List<Place> seen = trajectory.places(2);
        assertThat(seen).hasSize(3);
        for (int k = 0; k < places.length; k++) {
            // Parameters are stored in single precision: 60 of them, of size 1, along directions of length 8.
            assertThat(seen.get(k).alpha()).as("alpha of %d, seed %d", k, seed).isCloseTo(places[k][0], within(1e-5));
            assertThat(seen.get(k).beta()).as("beta of %d, seed %d", k, seed).isCloseTo(places[k][1], within(1e-5));
        }
        assertThat(trajectory.share(2)).as("share, seed %d", seed).isCloseTo(1, within(1e-6));
        // From the second frame, the first lies where the difference of their places says.
        assertThat(trajectory.places(1).get(0).alpha()).as("seed %d", seed).isCloseTo(-2, within(1e-5));
        assertThat(trajectory.places(1.5).get(0).alpha())
                .as("halfway, seed %d", seed)
                .isCloseTo(-1.75, within(1e-5));
        assertThat(trajectory.reach()).as("seed %d", seed).isCloseTo(2.25, within(1e-5));
    }

    @Test
    void saysHowMuchOfTheWayLiesInThePlane() throws IOException {
        double[] last = normal();
        double[] normal = orthogonal();
        double inside = length(moved(new double[SIZE], 0.3, 0.4));
        double outside = random.nextDouble(1, 20);
        double[] first = moved(last, 0.3, 0.4);
        for (int i = 0; i < SIZE; i++) {
            first[i] += outside * normal[i];
        }
        MinimizerPath trajectory =
                read(List.of(frame(0, first), frame(5, last))).orElseThrow();
        assertThat(trajectory.share(1))
                .as("seed %d", seed)
                .isCloseTo(inside / Math.hypot(inside, outside), within(1e-5));
        assertThat(trajectory.places(1).get(0).beta()).as("seed %d", seed).isCloseTo(0.4, within(1e-5));
        assertThat(trajectory.share(0)).isEqualTo(1);
    }

    @Test
    void isAbsentWithoutParametersOrDirections() throws IOException {
        List<Frame> bare = SyntheticRun.frames(2, 5, random);
        assertThat(read(bare)).isEmpty();
        assertThat(FrameSource.of("memory", bare).trajectory()).isEmpty();
    }

    private Optional<MinimizerPath> read(List<Frame> frames) throws IOException {
        Path run = directory.resolve("run" + random.nextInt());
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(SyntheticRun.provenance());
            for (Frame frame : frames) {
                recorder.frame(frame);
            }
        }
        return RunFrames.open(run).trajectory();
    }

    private Frame frame(long iteration, double[] weights) {
        return SyntheticRun.with(
                SyntheticRun.frame(iteration, 0, 5, (a, b) -> 1 + a * a + b * b),
                List.of(array("delta/0_W", delta), array("eta/0_W", eta)),
                // Statistics have no direction and count for nothing.
                List.of(array("0_mean", normal()), array("0_W", weights)));
    }

    private static NamedArray array(String name, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return new NamedArray(name, new long[] {values.length / 4, 4}, floats);
    }

    private double[] moved(double[] from, double alpha, double beta) {
        double[] moved = from.clone();
        for (int i = 0; i < SIZE; i++) {
            moved[i] += alpha * delta[i] + beta * eta[i];
        }
        return moved;
    }

    /** Of unit length, by Gram and Schmidt against both directions. */
    private double[] orthogonal() {
        double[] first = delta.clone();
        scale(first, 1 / length(first));
        double[] second = eta.clone();
        subtract(second, first);
        scale(second, 1 / length(second));
        double[] third = normal();
        subtract(third, first);
        subtract(third, second);
        scale(third, 1 / length(third));
        return third;
    }

    private static void subtract(double[] from, double[] unit) {
        double product = 0;
        for (int i = 0; i < SIZE; i++) {
            product += from[i] * unit[i];
        }
        for (int i = 0; i < SIZE; i++) {
            from[i] -= product * unit[i];
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < SIZE; i++) {
            vector[i] *= factor;
        }
    }

    private static double length(double[] vector) {
        double square = 0;
        for (double value : vector) {
            square += value * value;
        }
        return Math.sqrt(square);
    }

    private double[] normal() {
        double[] values = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
