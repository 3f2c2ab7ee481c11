package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.film.ValueOptions;

class SurfaceTimelineTest {

    private final long seed = Seeds.fresh("SurfaceTimelineTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @RepeatedTest(3)
    void movesEveryPointMonotonicallyFromFrameToFrame() throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            frames.add(SyntheticRun.frame(k, 0, 7, (a, b) -> Math.exp(random.nextDouble(-3, 3))));
        }
        SurfaceTimeline timeline = SurfaceTimeline.of(
                FrameSource.of("random", frames), ValueOptions.DEFAULT.withLogarithmic(random.nextBoolean()));
        for (int k = 0; k + 1 < 5; k++) {
            float[] from = timeline.heights(k);
            float[] to = timeline.heights(k + 1);
            float[] before = from;
            for (int part = 1; part <= 8; part++) {
                float[] now = timeline.heights(k + part / 8.0);
                for (int i = 0; i < now.length; i++) {
                    float step = (to[i] - from[i]) * (now[i] - before[i]);
                    assertThat(step)
                            .as("vertex %d at %d + %d/8, seed %d", i, k, part, seed)
                            .isGreaterThan(-1e-5f);
                }
                before = now;
            }
            assertThat(before).as("arrives at frame %d, seed %d", k + 1, seed).isEqualTo(to);
        }
    }

    @Test
    void keepsComputedPointsAndTheirLosses() throws IOException {
        List<Frame> frames = SyntheticRun.frames(3, 9, random);
        SurfaceTimeline timeline =
                SurfaceTimeline.of(FrameSource.of("valley", frames), ValueOptions.DEFAULT.withLogarithmic(true));
        int every = (timeline.columns() - 1) / 8;
        double[][] loss = frames.get(1).surface().loss();
        float[] heights = timeline.heights(1);
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                float height = heights[row * every * timeline.columns() + column * every];
                assertThat(timeline.scale().loss(height))
                        .as("row %d, column %d, seed %d", row, column, seed)
                        .isCloseTo(loss[row][column], within(1e-5 * loss[row][column]));
            }
        }
        assertThat(timeline.value(1)).isEqualTo(frames.get(1).loss());
    }

    /** The finest complete grid of axes that are refined in turn. */
    @Test
    void readsAPartialRectangleOnItsFinestWholeGrid() {
        double[] alpha = {-1, -0.5, 0, 0.5, 1};
        double[] beta = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        boolean[][] evaluated = new boolean[9][5];
        double[][] loss = new double[9][5];
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 5; column++) {
                loss[row][column] = random.nextDouble();
                evaluated[row][column] = row % 4 == 0 || (column == 3 && row < 4);
            }
        }
        RegularGrid grid = RegularGrid.of(
                new SurfaceValues(alpha, beta, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty()),
                loss);
        assertThat(grid.alpha()).containsExactly(alpha);
        assertThat(grid.beta()).containsExactly(0, 4, 8);
        assertThat(grid.loss()[1]).as("seed %d", seed).containsExactly(loss[4]);
    }

    /** Interpolated points are drawn as they are, and the panel says how far they may be off. */
    @Test
    void readsInterpolatedPoints() throws IOException {
        Frame full = SyntheticRun.frame(0, 0, 9, (a, b) -> 1 + a * a + b * b);
        SurfaceValues values = full.surface();
        boolean[][] evaluated = new boolean[9][9];
        evaluated[random.nextInt(9)][random.nextInt(9)] = true;
        double error = random.nextDouble();
        SurfaceValues interpolated = new SurfaceValues(
                values.alpha(),
                values.beta(),
                evaluated,
                values.loss(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SurfaceInterpolation(
                        0.005, error, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty())));
        assertThat(RegularGrid.of(interpolated, values.loss()).loss()).isDeepEqualTo(values.loss());
        Frame frame = full.toBuilder().surface(interpolated).build();
        SurfaceTimeline timeline = SurfaceTimeline.of(FrameSource.of("one", List.of(frame)), ValueOptions.DEFAULT);
        assertThat(timeline.computed(0)).hasDimensions(1, 2);
        assertThat(NumbersPanel.rows(timeline, 0))
                .as("seed %d", seed)
                .anySatisfy(row -> assertThat(row.value()).isEqualTo("1 of 9 x 9"))
                .anySatisfy(row -> assertThat(row.value()).isEqualTo("within " + Ticks.label(100 * error, 2) + " %"));
    }

    /** A minimizer is at the origin of its own plane, or at its coordinates on a plane of all frames. */
    @Test
    void theMinimizerIsWhereItsFrameSays() throws IOException {
        double alpha = random.nextDouble();
        Frame first = SyntheticRun.frame(0, 0, 5, (a, b) -> 4 + a);
        Frame second = SyntheticRun.frame(1, 0, 5, (a, b) -> 1 + a)
                .withQuantities(Map.of("trajectory_alpha", alpha, "trajectory_beta", -0.5));
        SurfaceTimeline timeline = SurfaceTimeline.of(
                FrameSource.of("two", List.of(first, second)), ValueOptions.DEFAULT.withLogarithmic(true));
        assertThat(timeline.place(0)).isEqualTo(new MinimizerPath.Place(0, 0));
        assertThat(timeline.place(0.5)).as("seed %d", seed).isEqualTo(new MinimizerPath.Place(alpha / 2, -0.25));
        assertThat(timeline.place(1)).as("seed %d", seed).isEqualTo(new MinimizerPath.Place(alpha, -0.5));
    }

    @Test
    void interpolatesHalfwayInTheLogarithm() throws IOException {
        List<Frame> frames =
                List.of(SyntheticRun.frame(0, 0, 5, (a, b) -> 4 + a), SyntheticRun.frame(1, 0, 5, (a, b) -> 1 + a / 4));
        SurfaceTimeline timeline =
                SurfaceTimeline.of(FrameSource.of("two", frames), ValueOptions.DEFAULT.withLogarithmic(true));
        assertThat(timeline.value(0.5)).isCloseTo(2, within(1e-12));
        int middle = (timeline.rows() / 2) * timeline.columns() + timeline.columns() / 2;
        assertThat(timeline.scale().loss(timeline.heights(0.5)[middle])).isCloseTo(2, within(1e-5));
    }

    @Test
    void showsWhatIsNotFiniteAsHolesAndTheRestAsItIs() throws IOException {
        List<Frame> frames = List.of(
                SyntheticRun.frame(0, 0, 9, (a, b) -> 1 + a * a + b * b),
                SyntheticRun.frame(1, 0, 9, (a, b) -> a > 0.6 ? Double.POSITIVE_INFINITY : 2 + b),
                SyntheticRun.frame(2, 0, 9, (a, b) -> Double.NaN));
        SurfaceTimeline timeline =
                SurfaceTimeline.of(FrameSource.of("diverging", frames), ValueOptions.DEFAULT.withLogarithmic(true));
        float[] half = timeline.heights(1);
        int row = timeline.rows() / 2 * timeline.columns();
        assertThat(half[row + timeline.columns() - 1]).isNaN();
        assertThat(half[row]).isFinite();
        for (float height : timeline.heights(2)) {
            assertThat(height).isNaN();
        }
        assertThat(timeline.scale().high()).isFinite();
    }

    @Test
    void leavesSpikesOffTheScale() throws IOException {
        Frame spike = SyntheticRun.frame(
                0, 0, 25, (a, b) -> a == 1 && b == 1 ? 1e9 : 1 + a * a + b * b + 0.01 * random.nextDouble());
        SurfaceTimeline timeline = SurfaceTimeline.of(
                FrameSource.of("spike", List.of(spike)), ValueOptions.DEFAULT.withLogarithmic(false));
        assertThat(timeline.scale().high()).as("seed %d", seed).isLessThan(3.2);
        float[] heights = timeline.heights(0);
        assertThat(heights[heights.length - 1]).isGreaterThan(1);
    }

    @Test
    void drawsAPartialSurfaceOnTheGridThatIsComplete() {
        Frame whole = SyntheticRun.frame(0, 0, 9, (a, b) -> 2 + a + b * b);
        SurfaceValues surface = whole.surface();
        boolean[][] evaluated = new boolean[9][9];
        double[][] loss = surface.loss();
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                evaluated[row][column] = (row % 4 == 0 && column % 4 == 0) || row == 1;
                loss[row][column] = evaluated[row][column] ? loss[row][column] : Double.NaN;
            }
        }
        RegularGrid grid = RegularGrid.of(
                new SurfaceValues(
                        surface.alpha(),
                        surface.beta(),
                        evaluated,
                        loss,
                        surface.accuracy(),
                        surface.validationLoss(),
                        surface.validationAccuracy()),
                surface.loss());
        assertThat(grid.alpha()).containsExactly(-1, 0, 1);
        assertThat(grid.loss()[2][0]).isCloseTo(2, within(1e-12));
    }

    @Test
    void isLinearWhereALossHasNoLogarithm() throws IOException {
        Frame frame = SyntheticRun.frame(0, 0, 5, (a, b) -> a);
        SurfaceTimeline timeline = SurfaceTimeline.of(
                FrameSource.of("negative", List.of(frame)), ValueOptions.DEFAULT.withLogarithmic(true));
        assertThat(timeline.scale().logarithmic()).isFalse();
        assertThat(timeline.scale().low()).isEqualTo(-1);
    }
}
