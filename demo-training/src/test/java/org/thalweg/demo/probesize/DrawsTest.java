package org.thalweg.demo.probesize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.Seeds;

class DrawsTest {

    private static final double BAR = 2.131;

    @Test
    void errorsAreRelativeToAllExamples() {
        Draws draws = new Draws(
                25, 50, List.of(frame(2.2, 0.1, 12, 3), frame(1.6, 0.2, 8, 3)), frame(2, Double.NaN, 10, 1), 200);

        assertThat(draws.error(Quantity.LOSS)).isCloseTo(Math.sqrt((0.01 + 0.04) / 2), within(1e-12));
        assertThat(draws.bias(Quantity.LOSS)).isCloseTo(-0.05, within(1e-12));
        assertThat(draws.bias(Quantity.LAMBDA_MAX)).isCloseTo(0, within(1e-12));
        assertThat(draws.error(Quantity.LAMBDA_MAX)).isCloseTo(0.2, within(1e-12));
        assertThat(draws.error(Quantity.TRACE)).as("not computed").isNaN();
        // Three quarters of the examples are left out.
        assertThat(draws.standardError(Quantity.LOSS).orElseThrow())
                .isCloseTo(Math.sqrt(0.75 * (0.01 + 0.04) / 2) / 2, within(1e-12));
        assertThat(draws.standardError(Quantity.RISE)).isEmpty();
        assertThat(draws.covered(Quantity.RISE)).isEmpty();
        // 0.2 is more than 2.131 sqrt(0.75) 0.1, and 0.4 more than twice that.
        assertThat(draws.covered(Quantity.LOSS)).hasValue(0);
        assertThat(draws.covered(Quantity.LAMBDA_MAX)).hasValue(2);
        // Surfaces are the loss plus 0, 1 and 2 times the last number: 2.2, 5.2, 8.2 for 2, 3, 4, and 1.6, 4.6, 7.6.
        assertThat(draws.surfaceError())
                .isCloseTo(Math.sqrt((Math.pow(2.2 / 3, 2) + Math.pow(1.6 / 3, 2)) / 2), within(1e-12));
    }

    /**
     * Half of a population is drawn without replacement: the mean squared error of its mean is the mean of the squared
     * standard errors with the share that was left out, and twice as much without. Of 2,000 draws the ratio has a standard
     * error of about sqrt(2 / 2000), 3 %, and of that of the population's own spread none.
     */
    @Test
    void standardErrorsAreThoseOfDrawsWithoutReplacement() {
        long seed = Seeds.fresh("DrawsTest");
        SplittableRandom random = new SplittableRandom(seed);
        double[] population = random.doubles(128).map(x -> 2 + x).toArray();
        double mean = Arrays.stream(population).average().orElseThrow();
        List<Frame> frames = new ArrayList<>();
        for (int draw = 0; draw < 2_000; draw++) {
            for (int i = 0; i < 64; i++) {
                int other = i + random.nextInt(population.length - i);
                double swapped = population[i];
                population[i] = population[other];
                population[other] = swapped;
            }
            // Sixteen batches of four, as a frame's own.
            double[] batches = new double[16];
            for (int i = 0; i < 64; i++) {
                batches[i / 4] += population[i] / 4;
            }
            double of = Arrays.stream(batches).average().orElseThrow();
            double squares =
                    Arrays.stream(batches).map(x -> (x - of) * (x - of)).sum();
            frames.add(frame(of, Math.sqrt(squares / 15 / 16), 1, 0));
        }
        Draws draws = new Draws(50, 64, frames, frame(mean, Double.NaN, 1, 0), 128);

        double ratio =
                draws.error(Quantity.LOSS) / draws.standardError(Quantity.LOSS).orElseThrow();
        assertThat(ratio * ratio).as("seed %d", seed).isBetween(0.8, 1.2);
        // Standard error of the share: 0.5 %.
        assertThat(draws.covered(Quantity.LOSS).orElseThrow() / 2_000.0)
                .as("seed %d", seed)
                .isBetween(0.92, 0.98);
    }

    /** A frame whose surface rises along alpha. */
    private static Frame frame(double loss, double standardError, double lambdaMax, double slope) {
        double[][] values = new double[3][];
        boolean[][] evaluated = new boolean[3][3];
        for (int row = 0; row < 3; row++) {
            values[row] = new double[] {loss, loss + slope, loss + 2 * slope};
            Arrays.fill(evaluated[row], true);
        }
        double[] axis = {-1, 0, 1};
        return Frame.builder(3, 1)
                .loss(loss, OptionalDouble.empty())
                .objective("compiled")
                .surface(new SurfaceValues(
                        axis, axis, evaluated, values, Optional.empty(), Optional.empty(), Optional.empty()))
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(
                                lambdaMax,
                                0,
                                true,
                                OptionalDouble.of(2.1 / BAR / Math.sqrt(0.75)),
                                OptionalDouble.empty())),
                        List.of(),
                        "exact",
                        10,
                        0,
                        Optional.empty()))
                .quantities(Map.of("loss_standard_error", standardError))
                .build();
    }
}
