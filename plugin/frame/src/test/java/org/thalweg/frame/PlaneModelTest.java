package org.thalweg.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

/** The quadratic model of a plane, on surfaces whose Taylor polynomial is known. */
class PlaneModelTest {

    private static final int POINTS = 41;

    private final long seed = Seeds.fresh("PlaneModelTest");
    private final Random random = new Random(seed);

    /** L = 1 + a r^2 + c r^3: the error within r is c r^3, the change a r^2 + c r^3, so c r / (a + c r) = 0.1. */
    @RepeatedTest(5)
    void theRadiusIsWhereTheErrorIsATenthOfTheChange() {
        double expected = 0.2 + 0.7 * random.nextDouble();
        double a = Math.exp(4 * random.nextDouble() - 2);
        double c = a / (9 * expected);
        PlaneModel model = new PlaneModel(1, 0, 0, 2 * a, 0, 2 * a);
        OptionalDouble radius = model.radius(surface((x, y) -> 1 + a * r2(x, y) + c * r2(x, y) * Math.hypot(x, y)));
        assertThat(radius).as("seed %d", seed).isPresent();
        assertThat(radius.getAsDouble()).as("seed %d", seed).isCloseTo(expected, within(0.002));
    }

    @Test
    void aQuadraticIsItsOwnModel() {
        double[] k = random.doubles(5, -1, 1).toArray();
        PlaneModel model = new PlaneModel(2, k[0], k[1], k[2], k[3], k[4]);
        DoubleBinaryOperator loss =
                (x, y) -> 2 + k[0] * x + k[1] * y + k[2] * x * x / 2 + k[3] * x * y + k[4] * y * y / 2;
        assertThat(model.radius(surface(loss))).as("seed %d", seed).hasValue(Double.POSITIVE_INFINITY);
        double[][] drawn = model.on(surface((x, y) -> 0)).loss();
        assertThat(drawn[7][31]).as("seed %d", seed).isCloseTo(loss.applyAsDouble(at(31), at(7)), within(1e-12));
    }

    @Test
    void whatCannotBeToldIsNot() {
        PlaneModel flat = new PlaneModel(1, 0, 0, 0, 0, 0);
        assertThat(flat.radius(surface((x, y) -> 1))).isEmpty();
        // Wrong at the innermost points already.
        assertThat(flat.radius(surface((x, y) -> 1 + r2(x, y)))).hasValue(0);
        // A loss that is not finite ends what the model can be compared with.
        PlaneModel bowl = new PlaneModel(1, 0, 0, 2, 0, 2);
        double radius = bowl.radius(surface((x, y) -> r2(x, y) > 0.25 + 1e-9 ? Double.NaN : 1 + r2(x, y)))
                .orElseThrow();
        assertThat(radius).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aModelNeedsAllItsNumbers() {
        Map<String, Double> quantities = Map.of(
                "plane_slope_alpha", 1.0,
                "plane_slope_beta", 2.0,
                "plane_curvature_alpha", 3.0,
                "plane_curvature_alpha_beta", 4.0,
                "plane_curvature_beta", 5.0);
        assertThat(PlaneModel.of(7, quantities)).hasValue(new PlaneModel(7, 1, 2, 3, 4, 5));
        assertThat(PlaneModel.of(7, Map.of("plane_slope_alpha", 1.0))).isEmpty();
    }

    private static double r2(double x, double y) {
        return x * x + y * y;
    }

    private static double at(int i) {
        return -1 + 2.0 * i / (POINTS - 1);
    }

    private static SurfaceValues surface(DoubleBinaryOperator loss) {
        double[] axis =
                IntStream.range(0, POINTS).mapToDouble(PlaneModelTest::at).toArray();
        axis[POINTS / 2] = 0;
        double[][] losses = new double[POINTS][POINTS];
        boolean[][] evaluated = new boolean[POINTS][POINTS];
        for (int row = 0; row < POINTS; row++) {
            for (int column = 0; column < POINTS; column++) {
                losses[row][column] = loss.applyAsDouble(axis[column], axis[row]);
                evaluated[row][column] = true;
            }
        }
        return new SurfaceValues(axis, axis, evaluated, losses, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
