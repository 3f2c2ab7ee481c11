package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionPair;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

class SurfaceTest {

    private final long seed = Seeds.fresh("SurfaceTest");
    private final Random random = new Random(seed);
    private final INDArray lambda = Networks.normal(random, 12);
    private final INDArray theta = Networks.normal(random, 12);
    private final DirectionPair plane = new DirectionPair(Networks.normal(random, 12), Networks.normal(random, 12));
    private final QuadraticObjective objective = new QuadraticObjective(lambda);

    @Test
    void aQuadraticIsWhatItsFormulaSays() {
        Grid grid = Grid.square(7, 1.5);
        LossSurface surface = new SurfaceEvaluator(objective, null).evaluate(grid, theta, plane, () -> false);
        double[] axis = grid.alpha().coordinates();
        for (int row = 0; row < 7; row++) {
            for (int column = 0; column < 7; column++) {
                double expected = quadratic(axis[column], axis[row]);
                assertThat(surface.loss()[row][column])
                        .as("alpha %s, beta %s, seed %d", axis[column], axis[row], seed)
                        .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
            }
        }
        assertThat(surface.complete()).isTrue();
        assertThat(surface.center().loss()).isEqualTo(objective.evaluate(theta).loss());
        assertThat(surface.accuracy()).isEmpty();
        assertThat(surface.validationLoss()).isEmpty();
    }

    @Test
    void stoppingEarlyLeavesACoarserSurface() {
        int[] asked = {0};
        LossSurface surface = new SurfaceEvaluator(objective, objective)
                .evaluate(Grid.square(25, 1), theta, plane, () -> asked[0]++ >= 2);
        assertThat(surface.complete()).isFalse();
        boolean[][] evaluated = surface.evaluated();
        for (int row = 0; row < 25; row += 12) {
            for (int column = 0; column < 25; column += 12) {
                assertThat(evaluated[row][column]).isTrue();
            }
        }
        double[][] loss = surface.loss();
        double[][] validation = surface.validationLoss().orElseThrow();
        for (int row = 0; row < 25; row++) {
            for (int column = 0; column < 25; column++) {
                assertThat(Double.isNaN(loss[row][column])).isEqualTo(!evaluated[row][column]);
                assertThat(Double.compare(validation[row][column], loss[row][column]))
                        .isZero();
            }
        }
    }

    @Test
    void aCentreThatIsNotFiniteEndsTheSurface() {
        theta.putScalar(3, Double.NaN);
        LossSurface surface =
                new SurfaceEvaluator(objective, null).evaluate(Grid.square(5, 1), theta, plane, () -> false);
        assertThat(surface.center().loss()).isNaN();
        assertThat(surface.evaluated()[2][2]).isTrue();
        assertThat(surface.complete()).isFalse();
    }

    /** A range on one side and rows unlike columns: loss[row][column] is at beta[row], alpha[column]. */
    @Test
    void rowsAreBetaAndColumnsAlphaOnAnyGrid() {
        Grid grid = new Grid(new Axis(-0.5, 1.5, 9), new Axis(0.25, 2, 4));
        LossSurface surface = new SurfaceEvaluator(objective, objective).evaluate(grid, theta, plane, () -> false);
        double[] alpha = grid.alpha().coordinates();
        double[] beta = grid.beta().coordinates();
        assertThat(surface.loss()).hasDimensions(4, 9);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 9; column++) {
                double expected = quadratic(alpha[column], beta[row]);
                assertThat(surface.loss()[row][column])
                        .as("alpha %s, beta %s, seed %d", alpha[column], beta[row], seed)
                        .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
            }
        }
        assertThat(surface.validationLoss().orElseThrow()).isDeepEqualTo(surface.loss());
        assertThatThrownBy(surface::center).hasMessageContaining("beta = 0");
    }

    /** Stopped at every possible place, handed over as plain arrays, and continued. */
    @Test
    void whatWasStoppedGoesOnToTheSameBits() {
        Grid grid = new Grid(Axis.symmetric(9, 1), new Axis(-1, 2, 7));
        SurfaceEvaluator evaluator = new SurfaceEvaluator(objective, null);
        double[][] whole = evaluator.evaluate(grid, theta, plane, () -> false).loss();
        for (int calls = 0; calls < 6; calls++) {
            int[] left = {calls};
            LossSurface stopped = evaluator.evaluate(grid, theta, plane, () -> left[0]-- <= 0);
            LossSurface surface = LossSurface.of(
                    grid, stopped.evaluated(), stopped.loss(), Optional.empty(), Optional.empty(), Optional.empty());
            int before = surface.evaluatedPoints();
            evaluator.fill(surface, theta, plane.plane(), Integer.MAX_VALUE, () -> false);
            assertThat(before).as("calls %d", calls).isLessThan(grid.size());
            assertThat(surface.complete()).isTrue();
            assertThat(surface.loss()).as("calls %d, seed %d", calls, seed).isDeepEqualTo(whole);
        }
    }

    @Test
    void pointsThatAreThereAreNotComputedAgain() {
        Grid grid = Grid.square(5, 1);
        double[][] known = new double[5][5];
        boolean[][] evaluated = new boolean[5][5];
        known[1][3] = 1234;
        evaluated[1][3] = true;
        LossSurface surface =
                LossSurface.of(grid, evaluated, known, Optional.empty(), Optional.empty(), Optional.empty());
        new SurfaceEvaluator(objective, null).fill(surface, theta, plane.plane(), 99, () -> false);
        assertThat(surface.loss()[1][3]).isEqualTo(1234);
        assertThat(surface.complete()).isTrue();
    }

    @Test
    void otherShapesAndOtherProbesAreRefused() {
        Grid grid = Grid.square(5, 1);
        assertThatThrownBy(() -> LossSurface.of(
                        grid,
                        new boolean[4][5],
                        new double[4][5],
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("5 x 5, got 5 x 4");
        assertThatThrownBy(() -> new SurfaceEvaluator(objective, null)
                        .fill(LossSurface.empty(grid, true), theta, plane.plane(), 9, () -> false))
                .hasMessageContaining("without a validation probe");
    }

    private double quadratic(double alpha, double beta) {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            double x = theta.getDouble(i)
                    + alpha * plane.delta().getDouble(i)
                    + beta * plane.eta().getDouble(i);
            sum += 0.5 * lambda.getDouble(i) * x * x;
        }
        return sum;
    }
}
