package org.thalweg.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

/** Surfaces with a known shape. */
class SurfaceRoughnessTest {

    private static final int POINTS = 21;

    private final long seed = Seeds.fresh("SurfaceRoughnessTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void bowlIsConvexEverywhere() {
        // B^T B plus a small multiple of I, so that rounding of second differences cannot make it flat.
        double a = random.nextDouble(-1, 1);
        double b = random.nextDouble(-1, 1);
        double c = random.nextDouble(-1, 1);
        SurfaceRoughness bowl = new SurfaceRoughness(
                surface((x, y) -> Math.pow(a * x + b * y, 2) + Math.pow(c * y, 2) + 0.01 * (x * x + y * y)));

        assertThat(bowl.shareNotConvex()).as("seed %d", seed).isZero();
    }

    /** A quadratic form with a negative determinant has negative curvature somewhere, even if both axes rise. */
    @Test
    void saddleIsConvexNowhere() {
        double a = random.nextDouble(0.1, 1);
        double c = random.nextDouble(0.1, 1);
        double mixed = 2 * Math.sqrt(a * c) * random.nextDouble(1.05, 2);
        SurfaceRoughness saddle = new SurfaceRoughness(surface((x, y) -> a * x * x + mixed * x * y + c * y * y));

        assertThat(saddle.shareNotConvex()).as("seed %d", seed).isEqualTo(1);
    }

    @Test
    void anEggBoxIsConvexOnAQuarter() {
        // Convex where both cosines are positive.
        SurfaceRoughness eggs = new SurfaceRoughness(
                surface((x, y) -> -Math.cos(2 * Math.PI * (x - 0.5)) - Math.cos(2 * Math.PI * (y - 0.5))));

        assertThat(eggs.shareNotConvex()).isCloseTo(0.75, within(0.1));
    }

    @Test
    void nanIsNotConvex() {
        double[][] loss = surface((x, y) -> x * x + y * y);
        loss[POINTS / 2][POINTS / 2] = Double.NaN;

        SurfaceRoughness shape = new SurfaceRoughness(loss);

        assertThat(shape.isConvex(POINTS / 2, POINTS / 2)).isFalse();
    }

    private static double[][] surface(DoubleBinaryOperator function) {
        double[][] loss = new double[POINTS][POINTS];
        for (int row = 0; row < POINTS; row++) {
            for (int column = 0; column < POINTS; column++) {
                loss[row][column] =
                        function.applyAsDouble(2.0 * column / (POINTS - 1) - 1, 2.0 * row / (POINTS - 1) - 1);
            }
        }
        return loss;
    }
}
