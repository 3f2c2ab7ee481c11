package org.thalweg.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.thalweg.testing.Seeds;

class PolylineTest {

    private static final int SIDE = 20;

    private final long seed = Seeds.fresh("PolylineTest");
    private final Random random = new Random(seed);

    /** Lines that begin and end outside the image, too, and one that is a point. */
    @RepeatedTest(20)
    void squaresWithinReachAreThoseOfTheNearestSegment() {
        double[] x = random.doubles(6, -5, SIDE + 5).toArray();
        double[] y = random.doubles(6, -5, SIDE + 5).toArray();
        x[3] = x[2];
        y[3] = y[2];
        double reach = 3 * random.nextDouble();
        double[] squares = new double[SIDE * SIDE];
        Arrays.fill(squares, Double.POSITIVE_INFINITY);

        new Polyline(x, y).lower(squares, SIDE, reach);

        for (int p = 0; p < squares.length; p++) {
            int row = p / SIDE;
            double px = p % SIDE + 0.5;
            double py = row + 0.5;
            double expected = Double.POSITIVE_INFINITY;
            for (int i = 0; i + 1 < x.length; i++) {
                expected = Math.min(expected, Line2D.ptSegDistSq(x[i], y[i], x[i + 1], y[i + 1], px, py));
            }
            if (expected <= reach * reach) {
                assertThat(squares[p]).as("pixel %d, seed %d", p, seed).isCloseTo(expected, within(1e-9));
            } else {
                assertThat(squares[p]).as("pixel %d, seed %d", p, seed).isGreaterThan(reach * reach - 1e-9);
            }
        }
    }
}
