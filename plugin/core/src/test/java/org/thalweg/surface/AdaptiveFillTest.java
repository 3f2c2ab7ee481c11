package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.PlaneFunction;
import org.thalweg.testing.Seeds;

/** Surfaces of which some points are interpolated, against the same surfaces in full. */
class AdaptiveFillTest {

    private static final double TOLERANCE = 0.005;
    private static final Grid GRID = Grid.square(25, 1);
    private static final int DRAWS = Integer.getInteger("thalweg.surface.draws", 24);

    private final long seed = Seeds.fresh("AdaptiveFillTest");
    private final Random random = new Random(seed);
    private final INDArray theta = Nd4j.zeros(DataType.DOUBLE, 1);
    private final DirectionPair plane = new DirectionPair(theta, theta);

    /** What an adaptive surface has, and how far it is off, as drawn. */
    private record Seen(double share, double deviation, double estimate) {

        boolean isCovered() {
            return deviation <= estimate;
        }
    }

    @Test
    void smoothFunctionsNeedFewPointsAndKeepTheTolerance() {
        Seen[] seen = draws(this::smooth);
        assertThat(median(seen, Seen::share)).as("seed %d", seed).isLessThan(0.45);
        assertThat(median(seen, Seen::deviation)).as("seed %d", seed).isLessThan(TOLERANCE);
        assertThat(Arrays.stream(seen).filter(Seen::isCovered).count())
                .as("of %d, seed %d", DRAWS, seed)
                .isGreaterThanOrEqualTo(DRAWS * 5 / 6);
    }

    /** A kink may lie between all tested points, so its error is not always known; mostly it is. */
    @Test
    void estimatesCoverMostFunctionsWithKinks() {
        Seen[] seen = draws(this::kinked);
        assertThat(Arrays.stream(seen).filter(Seen::isCovered).count())
                .as("of %d, seed %d", DRAWS, seed)
                .isGreaterThanOrEqualTo(DRAWS * 2 / 3);
        assertThat(median(seen, Seen::deviation)).as("seed %d", seed).isLessThan(4 * TOLERANCE);
    }

    @Test
    void computedPointsOfANetworkHaveTheSameBits() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            CompiledObjective objective = CompiledObjective.of(
                    Networks.mlp(type, seed), Probe.of(Networks.data(40, seed, 6)), ObjectiveOptions.DEFAULT);
            INDArray parameters =
                    objective.layout().pack(Networks.mlp(type, seed).params());
            DirectionPair directions =
                    new RandomDirections(seed, DirectionOptions.DEFAULT).at(objective.layout(), parameters);
            SurfaceEvaluator evaluator = new SurfaceEvaluator(objective, objective);
            LossSurface full = evaluator.evaluate(GRID, parameters, directions, () -> false);
            LossSurface adaptive = LossSurface.empty(GRID, true);
            evaluator.fillWithin(adaptive, parameters, directions.plane(), TOLERANCE, () -> false, () -> {});
            assertThat(adaptive.complete()).isTrue();
            assertSameWhereComputed(adaptive, full);
            Seen seen = seen(adaptive, full);
            assertThat(seen.share()).as("seed %d", seed).isLessThan(1);
            assertThat(seen.deviation()).as("seed %d", seed).isLessThan(4 * TOLERANCE);
            assertThat(adaptive.interpolation().orElseThrow().validationLoss().orElseThrow())
                    .isEqualTo(seen.estimate());
            assertThat(Arrays.stream(flat(adaptive.accuracy().orElseThrow())))
                    .allMatch(percent -> percent >= 0 && percent <= 100);
        }
    }

    /** Stopped at every possible place, handed over as plain arrays with interpolated points, and continued. */
    @Test
    void whatWasStoppedContinuesToTheSamePointsAndBits() {
        DoubleBinaryOperator function = smooth(seed);
        LossSurface whole = adaptive(function, GRID, () -> false);
        for (int calls = 0; calls < 24; calls += 1 + random.nextInt(3)) {
            int[] left = {calls};
            LossSurface stopped = adaptive(function, GRID, () -> left[0]-- <= 0);
            LossSurface surface = LossSurface.of(
                    GRID, stopped.evaluated(), stopped.loss(), Optional.empty(), Optional.empty(), Optional.empty());
            PlaneFunction counted = new PlaneFunction(function);
            fill(surface, counted, () -> false);
            assertThat(counted.points()).isEqualTo(whole.evaluatedPoints() - stopped.evaluatedPoints());
            assertThat(surface.evaluated()).as("calls %d, seed %d", calls, seed).isDeepEqualTo(whole.evaluated());
            assertThat(surface.loss()).as("calls %d, seed %d", calls, seed).isDeepEqualTo(whole.loss());
            assertThat(surface.interpolation()).isEqualTo(whole.interpolation());
        }
    }

    /** Next to points without a finite loss nothing is interpolated. */
    @Test
    void allPointsThatAreNotFiniteAreFound() {
        double radius = 0.5 + 0.8 * random.nextDouble();
        DoubleBinaryOperator function = (a, b) -> {
            double square = a * a + b * b;
            return square > radius * radius ? Double.POSITIVE_INFINITY : 0.1 + square;
        };
        LossSurface adaptive = adaptive(function, GRID, () -> false);
        LossSurface full = full(function, GRID);
        assertSameWhereComputed(adaptive, full);
        assertThat(flat(adaptive.loss())).as("seed %d", seed).hasSameSizeAs(flat(full.loss()));
        double[] found = flat(adaptive.loss());
        double[] expected = flat(full.loss());
        for (int i = 0; i < found.length; i++) {
            assertThat(Double.isFinite(found[i]))
                    .as("point %d, seed %d", i, seed)
                    .isEqualTo(Double.isFinite(expected[i]));
        }
    }

    @Test
    void anyGridIsFilled() {
        DoubleBinaryOperator function = smooth(seed);
        for (Grid grid : new Grid[] {
            Grid.square(3, 1),
            new Grid(new Axis(-0.5, 1.5, 41), Axis.symmetric(17, 0.5)),
            new Grid(new Axis(0.25, 2, 30), new Axis(-2, -1, 2)),
            new Grid(new Axis(-0.3, 0.7, 11), new Axis(-0.1, 0.9, 101))
        }) {
            PlaneFunction counted = new PlaneFunction(function);
            LossSurface surface = LossSurface.empty(grid, false);
            fill(surface, counted, () -> false);
            assertThat(surface.complete()).as("%s, seed %d", grid, seed).isTrue();
            assertThat(flat(surface.loss())).as("%s, seed %d", grid, seed).doesNotContain(Double.NaN);
            assertThat(counted.points()).isEqualTo(surface.evaluatedPoints()).isLessThanOrEqualTo(grid.size());
            assertSameWhereComputed(surface, full(function, grid));
        }
    }

    /** Points share calls as those of a whole level do, but for the last call of a stage. */
    @Test
    void pointsAreComputedOnceAndTogether() {
        PlaneFunction counted = new PlaneFunction(kinked(seed));
        LossSurface surface = LossSurface.empty(Grid.square(51, 1), false);
        int[] levels = {0};
        new SurfaceEvaluator(counted, null)
                .fillWithin(surface, theta, plane.plane(), TOLERANCE, () -> false, () -> levels[0]++);
        assertThat(counted.points()).as("seed %d", seed).isEqualTo(surface.evaluatedPoints());
        assertThat(counted.calls()).isLessThanOrEqualTo(counted.points() / 8 + 2 * levels[0] + 2);
    }

    /** Rounding is no shape: of a constant, and of losses that are not positive, no more than all is computed. */
    @Test
    void constantsAndNegativeLossesAreSurfacesToo() {
        LossSurface constant = adaptive((a, b) -> 2.5, GRID, () -> false);
        assertThat(constant.evaluatedPoints()).isLessThan(GRID.size() / 4);
        assertThat(flat(constant.loss())).containsOnly(2.5);
        DoubleBinaryOperator negative = (a, b) -> a * a + 2 * b * b + a * b - 1;
        Seen seen = seen(adaptive(negative, GRID, () -> false), full(negative, GRID));
        assertThat(seen.share()).isLessThan(0.25);
        assertThat(seen.deviation()).isLessThan(1e-9);
    }

    @Test
    void aTighterToleranceComputesMorePointsAndMissesLess() {
        DoubleBinaryOperator function = smooth(seed);
        LossSurface loose = LossSurface.empty(GRID, false);
        LossSurface tight = LossSurface.empty(GRID, false);
        SurfaceEvaluator evaluator = new SurfaceEvaluator(new PlaneFunction(function), null);
        evaluator.fillWithin(loose, theta, plane.plane(), 0.05, () -> false, () -> {});
        evaluator.fillWithin(tight, theta, plane.plane(), 1e-4, () -> false, () -> {});
        assertThat(loose.evaluatedPoints()).as("seed %d", seed).isLessThanOrEqualTo(tight.evaluatedPoints());
        LossSurface full = full(function, GRID);
        assertThat(seen(tight, full).deviation())
                .isLessThanOrEqualTo(seen(loose, full).deviation() + 1e-4);
        for (double wrong : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> evaluator.fillWithin(loose, theta, plane.plane(), wrong, () -> false, () -> {}))
                    .hasMessageContaining("above 0 and below 1, got " + wrong);
        }
    }

    private Seen[] draws(IntFunction<DoubleBinaryOperator> family) {
        return IntStream.range(0, DRAWS)
                .mapToObj(draw -> {
                    DoubleBinaryOperator function = family.apply((int) seed + draw);
                    return seen(adaptive(function, GRID, () -> false), full(function, GRID));
                })
                .toArray(Seen[]::new);
    }

    /** The exponential of a plane and six waves, which is at least 1. */
    private DoubleBinaryOperator smooth(long draw) {
        Random drawn = new Random(draw);
        double[] c = drawn.doubles(26, -1.7, 1.7).toArray();
        return (a, b) -> {
            double sum = c[24] * a + c[25] * b + 20;
            for (int wave = 0; wave < 6; wave++) {
                sum += c[wave] * Math.cos(2 * c[6 + wave] * a + 2 * c[12 + wave] * b + 3 * c[18 + wave]);
            }
            return Math.exp(sum - 5);
        };
    }

    /** A bowl with six creases. */
    private DoubleBinaryOperator kinked(long draw) {
        Random drawn = new Random(draw);
        double[] c =
                IntStream.range(0, 18).mapToDouble(i -> drawn.nextGaussian()).toArray();
        return (a, b) -> {
            double sum = 0.2 + a * a + b * b;
            for (int crease = 0; crease < 6; crease++) {
                sum += Math.max(0, c[crease] * a + c[6 + crease] * b + 0.3 * c[12 + crease]);
            }
            return sum;
        };
    }

    private LossSurface adaptive(DoubleBinaryOperator function, Grid grid, BooleanSupplier stop) {
        LossSurface surface = LossSurface.empty(grid, false);
        fill(surface, new PlaneFunction(function), stop);
        return surface;
    }

    private void fill(LossSurface surface, Objective objective, BooleanSupplier stop) {
        new SurfaceEvaluator(objective, null).fillWithin(surface, theta, plane.plane(), TOLERANCE, stop, () -> {});
    }

    private LossSurface full(DoubleBinaryOperator function, Grid grid) {
        return new SurfaceEvaluator(new PlaneFunction(function), null).evaluate(grid, theta, plane, () -> false);
    }

    private static Seen seen(LossSurface adaptive, LossSurface full) {
        double[] expected = flat(full.loss());
        double[] found = flat(adaptive.loss());
        boolean positive = Arrays.stream(expected).allMatch(loss -> loss > 0);
        double[] sorted = Arrays.stream(expected).sorted().toArray();
        double range = drawn(sorted[(int) ((sorted.length - 1) * 0.99)], positive) - drawn(sorted[0], positive);
        double deviation = 0;
        for (int i = 0; i < found.length; i++) {
            deviation = Math.max(deviation, Math.abs(drawn(found[i], positive) - drawn(expected[i], positive)));
        }
        return new Seen(
                (double) adaptive.evaluatedPoints() / expected.length,
                deviation / range,
                adaptive.interpolation().map(SurfaceInterpolation::loss).orElse(0.0));
    }

    private static double drawn(double loss, boolean logarithmic) {
        return logarithmic ? Math.log(loss) : loss;
    }

    private static double median(Seen[] seen, ToDoubleFunction<Seen> of) {
        return Arrays.stream(seen).mapToDouble(of).sorted().toArray()[seen.length / 2];
    }

    private void assertSameWhereComputed(LossSurface adaptive, LossSurface full) {
        boolean[][] evaluated = adaptive.evaluated();
        for (int row = 0; row < evaluated.length; row++) {
            for (int column = 0; column < evaluated[row].length; column++) {
                if (evaluated[row][column]) {
                    assertThat(adaptive.loss()[row][column])
                            .as("row %d, column %d, seed %d", row, column, seed)
                            .isEqualTo(full.loss()[row][column]);
                }
            }
        }
    }

    private static double[] flat(double[][] values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    }
}
