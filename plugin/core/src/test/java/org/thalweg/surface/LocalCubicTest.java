package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

/** The interpolation and the levels from which adaptive surfaces are predicted. */
class LocalCubicTest {

    private final long seed = Seeds.fresh("LocalCubicTest");
    private final Random random = new Random(seed);

    @Test
    void cubicsAreExactOnUnevenKnots() {
        double[] c = random.doubles(4, -1, 1).toArray();
        DoubleUnaryOperator cubic = x -> c[0] + x * (c[1] + x * (c[2] + x * c[3]));
        int[] knots = {0, 1, 4, 5, 9, 11, 12};
        int[] places = IntStream.rangeClosed(0, 12).toArray();
        double[] found = LocalCubic.interpolate(knots, values(knots, x -> cubic.applyAsDouble(x / 4)), places);
        for (int place : places) {
            double expected = cubic.applyAsDouble(place / 4.0);
            assertThat(found[place]).as("%d, seed %d", place, seed).isCloseTo(expected, within(1e-11));
        }
    }

    /** Half the spacing leaves a sixteenth of the error, at the ends as well. */
    @Test
    void theErrorIsOfFourthOrder() {
        double phase = 6 * random.nextDouble();
        double coarse = error(16, phase);
        double fine = error(8, phase);
        assertThat(coarse / fine).as("seed %d", seed).isBetween(9.0, 40.0);
    }

    private static double error(int gap, double phase) {
        DoubleUnaryOperator wave = x -> Math.sin(x / 40 + phase);
        int[] knots = IntStream.rangeClosed(0, 320 / gap).map(i -> i * gap).toArray();
        int[] places = IntStream.rangeClosed(0, 320).toArray();
        double[] found = LocalCubic.interpolate(knots, values(knots, wave), places);
        return IntStream.of(places)
                .mapToDouble(place -> Math.abs(found[place] - wave.applyAsDouble(place)))
                .max()
                .orElseThrow();
    }

    /** Rows first and columns first are the same numbers, and a product of functions is the product of both. */
    @Test
    void aGridIsInterpolatedAlongBothAxes() {
        int[] rows = {0, 2, 3, 6, 8};
        int[] columns = {0, 3, 4, 7, 9, 10};
        double[] a = values(rows, row -> random.nextGaussian());
        double[] b = values(columns, column -> random.nextGaussian());
        double[][] product = Arrays.stream(a)
                .mapToObj(x -> Arrays.stream(b).map(y -> x * y).toArray())
                .toArray(double[][]::new);
        int[] allRows = IntStream.rangeClosed(0, 8).toArray();
        int[] allColumns = IntStream.rangeClosed(0, 10).toArray();
        double[][] found = LocalCubic.interpolate(rows, columns, product, allRows, allColumns);
        double[] alongRows = LocalCubic.interpolate(rows, a, allRows);
        double[] alongColumns = LocalCubic.interpolate(columns, b, allColumns);
        for (int row = 0; row <= 8; row++) {
            for (int column = 0; column <= 10; column++) {
                assertThat(found[row][column])
                        .as("seed %d", seed)
                        .isCloseTo(alongRows[row] * alongColumns[column], within(1e-11));
            }
        }
    }

    @Test
    void aValueThatIsNotFiniteEndsTheAxisThere() {
        int[] knots = IntStream.rangeClosed(0, 10).map(i -> 2 * i).toArray();
        int[] places = IntStream.rangeClosed(0, 20).toArray();
        double[] values = values(knots, x -> 0.1 * x * x * x);
        values[5] = Double.NEGATIVE_INFINITY;
        double[] found = LocalCubic.interpolate(knots, values, places);
        for (int place : places) {
            if (place == 9 || place == 11) {
                assertThat(found[place]).isNaN();
            } else if (place != 10) {
                assertThat(found[place]).isCloseTo(0.1 * place * place * place, within(1e-9));
            }
        }
    }

    @Test
    void levelsAreNestedAndHaveTheEndsAndZero() {
        for (int points = 2; points <= 120; points++) {
            int zero = random.nextInt(points);
            Axis axis = random.nextBoolean() && zero > 0 && zero < points - 1
                    ? new Axis(-zero, points - 1 - zero, points)
                    : new Axis(0.25, 2, points);
            List<int[]> levels = NestedKnots.of(axis);
            List<Integer> before = IntStream.of(NestedKnots.ends(axis)).boxed().toList();
            for (int[] level : levels) {
                assertThat(level).isSorted().doesNotHaveDuplicates();
                assertThat(IntStream.of(level).boxed().toList()).containsAll(before);
                before = IntStream.of(level).boxed().toList();
            }
            assertThat(before).as("of %s", axis).hasSize(points);
        }
        assertThat(NestedKnots.of(Axis.symmetric(25, 1)))
                .extracting(level -> level.length)
                .containsExactly(7, 13, 25);
        assertThat(NestedKnots.of(Axis.symmetric(51, 1)))
                .extracting(level -> level.length)
                .containsExactly(7, 13, 25, 49, 51);
    }

    private static double[] values(int[] knots, DoubleUnaryOperator function) {
        return IntStream.of(knots).mapToDouble(function::applyAsDouble).toArray();
    }
}
