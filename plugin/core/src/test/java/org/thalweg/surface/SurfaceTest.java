package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 11, 23, 25, 51, 101})
    void levelsAreNestedGridsThatCoverEveryPointOnce(int points) {
        Grid grid = new Grid(points, 1);
        Set<List<Integer>> seen = new HashSet<>();
        for (List<int[]> level : grid.levels()) {
            for (int[] point : level) {
                assertThat(seen.add(List.of(point[0], point[1]))).isTrue();
            }
            int side = (int) Math.round(Math.sqrt(seen.size()));
            assertThat(side * side).as("a square after each level").isEqualTo(seen.size());
        }
        assertThat(seen).hasSize(points * points);
    }

    @Test
    void levelsAreTheChainOfDivisors() {
        assertThat(sides(25)).containsExactly(1, 3, 5, 9, 25);
        assertThat(sides(51)).containsExactly(1, 3, 11, 51);
    }

    @Test
    void coordinatesAreSymmetricWithAnExactZero() {
        double[] axis = new Grid(51, 2.5).coordinates();
        assertThat(axis[25]).isZero();
        assertThat(axis[0]).isEqualTo(-2.5);
        assertThat(axis[50]).isEqualTo(2.5);
        for (int i = 0; i < 51; i++) {
            assertThat(axis[i]).isEqualTo(-axis[50 - i] + 0.0);
        }
    }

    @Test
    void aQuadraticIsWhatItsFormulaSays() {
        Grid grid = new Grid(7, 1.5);
        LossSurface surface = new SurfaceEvaluator(objective, null, grid).evaluate(theta, plane, () -> false);
        double[] axis = grid.coordinates();
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
        LossSurface surface = new SurfaceEvaluator(objective, objective, new Grid(25, 1))
                .evaluate(theta, plane, () -> asked[0]++ >= 2);
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
        LossSurface surface = new SurfaceEvaluator(objective, null, new Grid(5, 1)).evaluate(theta, plane, () -> false);
        assertThat(surface.center().loss()).isNaN();
        assertThat(surface.evaluated()[2][2]).isTrue();
        assertThat(surface.complete()).isFalse();
    }

    @Test
    void badGridsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> new Grid(24, 1)).hasMessageContaining("odd").hasMessageContaining("got 24");
        assertThatThrownBy(() -> new Grid(1, 1)).hasMessageContaining("got 1");
        assertThatThrownBy(() -> new Grid(5, 0))
                .hasMessageContaining("positive")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> new Grid(5, Double.NaN)).hasMessageContaining("got NaN");
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

    private static List<Integer> sides(int points) {
        int[] seen = {0};
        return new Grid(points, 1)
                .levels().stream()
                        .map(level -> (int) Math.sqrt(seen[0] += level.size()))
                        .toList();
    }
}
