package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

class FlatnessTest {

    private final long seed = Seeds.fresh("FlatnessTest");
    private final Random random = new Random(seed);
    private final double a = 1 + random.nextDouble();
    private final double b = 3 + random.nextDouble();
    private final double[] axis = Axis.symmetric(201, 1).coordinates();

    /** L = a alpha^2 + b beta^2: on the circle of radius r the mean is (a + b) r^2 / 2 and the maximum b r^2. */
    @Test
    void aQuadraticBowl() {
        Flatness bowl = flatness((x, y) -> 7 + a * x * x + b * y * y);
        double r = 0.3 + 0.6 * random.nextDouble();
        // Bilinear interpolation of a square is off by at most a quarter of the step squared.
        double step = axis[1] - axis[0];
        double error = (a + b) * step * step / 4;
        assertThat(bowl.averageRise(r)).as("seed %d", seed).isCloseTo((a + b) * r * r / 2, within(error + 1e-9));
        assertThat(bowl.worstRise(r)).as("seed %d", seed).isCloseTo(b * r * r, within(error + 1e-4));
        double h = 0.5 * random.nextDouble() + 0.2;
        assertThat(bowl.widthAlpha(h)).as("seed %d", seed).isCloseTo(2 * Math.sqrt(h / a), within(step / 10));
        assertThat(bowl.widthBeta(h)).as("seed %d", seed).isCloseTo(2 * Math.sqrt(h / b), within(step / 10));
        // Volume of the paraboloid's cap: pi h^2 / (2 sqrt(a b)).
        double cap = Math.PI * h * h / (2 * Math.sqrt(a * b));
        assertThat(bowl.volumeBelow(h)).as("seed %d", seed).isCloseTo(cap, within(2e-3 * cap));
    }

    @Test
    void aSaddleFallsInOneDirection() {
        Flatness saddle = flatness((x, y) -> a * x * x - b * y * y);
        assertThat(saddle.averageRise(0.5)).as("seed %d", seed).isCloseTo((a - b) * 0.125, within(1e-3));
        assertThat(saddle.worstRise(0.5)).as("seed %d", seed).isCloseTo(a * 0.25, within(1e-3));
        assertThat(saddle.widthBeta(0.1)).as("it never rises again").isEqualTo(2);
    }

    @Test
    void aBarrierEndsABasinThatGoesOnBehindIt() {
        Flatness barrier = flatness((x, y) -> Math.abs(Math.abs(x) - 0.5) < 0.05 ? 1 : 0);
        assertThat(barrier.widthAlpha(0.5)).isCloseTo(0.9, within(0.02));
    }

    @Test
    void whatIsNotFiniteEndsTheBasin() {
        Flatness cliff = flatness((x, y) -> Math.abs(x) > 0.5 ? Double.POSITIVE_INFINITY : 0);
        assertThat(cliff.widthAlpha(1)).isCloseTo(1, within(1e-9));
        assertThat(cliff.averageRise(0.8)).isNaN();
        assertThat(cliff.averageRise(0.4)).isZero();
        assertThat(cliff.volumeBelow(1)).isCloseTo(2, within(0.02));
    }

    @Test
    void refusesWhatIsNotOnTheSurface() {
        Flatness flat = flatness((x, y) -> 0);
        assertThatThrownBy(() -> flat.averageRise(1.5)).hasMessageContaining("at most 1.0, got 1.5");
        assertThatThrownBy(() -> flat.widthAlpha(-1)).hasMessageContaining("must be positive, got -1.0");
        double[] shifted = Arrays.stream(axis).map(x -> x + 0.001).toArray();
        assertThatThrownBy(() -> new Flatness(shifted, axis, new double[201][201]))
                .hasMessageContaining("not a point of this grid");
    }

    private Flatness flatness(DoubleBinaryOperator loss) {
        double[][] values = Arrays.stream(axis)
                .mapToObj(y ->
                        Arrays.stream(axis).map(x -> loss.applyAsDouble(x, y)).toArray())
                .toArray(double[][]::new);
        return new Flatness(axis, axis, values);
    }
}
