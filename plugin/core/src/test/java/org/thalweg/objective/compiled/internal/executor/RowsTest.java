package org.thalweg.objective.compiled.internal.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.testing.Seeds;

/** Arithmetic on rows, against plain loops and Java's own functions. */
class RowsTest {

    private static final int WIDTH = 501;

    private final long seed = Seeds.fresh(getClass().getSimpleName());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Rounding: about a dozen operations, each half a unit in the last place, of which doubling the argument adds up few. */
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT", "DOUBLE"})
    void functionsAreExactToAFewUnits(ElementType type) {
        double unit = type == ElementType.FLOAT ? Math.ulp(1f) : Math.ulp(1d);
        for (double range : new double[] {1e-6, 0.1, 1, 10, 50}) {
            double[] x = random.doubles(WIDTH, -range, range).toArray();
            if (type == ElementType.FLOAT) {
                for (int i = 0; i < x.length; i++) {
                    x[i] = (float) x[i];
                }
            }
            double[] tanh = tanh(type, x);
            double[] sigmoid = sigmoid(type, x);
            for (int i = 0; i < WIDTH; i++) {
                double expected = Math.tanh(x[i]);
                assertThat(tanh[i])
                        .as("tanh(%s), -Dthalweg.seed=%s", x[i], seed)
                        .isCloseTo(expected, within(8 * unit * Math.abs(expected)))
                        .isBetween(-1 - unit, 1 + unit);
                assertThat(sigmoid[i])
                        .as("sigmoid(%s), -Dthalweg.seed=%s", x[i], seed)
                        .isCloseTo(1 / (1 + Math.exp(-x[i])), within(4 * unit))
                        .isBetween(0.0, 1.0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT", "DOUBLE"})
    void functionsOfWhatIsNoNumber(ElementType type) {
        double[] x = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0};
        assertThat(tanh(type, x)).containsExactly(new double[] {Double.NaN, 1, -1, 0}, within(1e-6));
        assertThat(sigmoid(type, x)).containsExactly(new double[] {Double.NaN, 1, 0, 0.5}, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT", "DOUBLE"})
    void productsOfRows(ElementType type) {
        for (int from = 1; from <= 9; from++) {
            int to = 1 + random.nextInt(5);
            double[] x = random.doubles((long) WIDTH * from, -1, 1).toArray();
            double[] z = random.doubles((long) WIDTH * to, -1, 1).toArray();
            double[] factors = random.doubles((long) from * to, -1, 1).toArray();
            boolean transposed = random.nextBoolean();
            int along = transposed ? 1 : to;
            int across = transposed ? from : 1;
            int matrix = from + to;
            Rows rows = Rows.of(type, WIDTH, from + to, from, to);
            rows.load(memory(type, x), 0, matrix);
            rows.toRows(matrix, 0, from);
            rows.load(memory(type, z), 0, matrix + 1);
            rows.toRows(matrix + 1, from, to);
            rows.addProducts(factors, along, 0, from, across, from, to);
            rows.fromRows(from, to, matrix + 1);
            double[] sums = stored(rows, type, matrix + 1, z.length);
            rows.addRows(from, to, matrix + 1);
            double[] twice = stored(rows, type, matrix + 1, z.length);
            for (int place = 0; place < z.length; place++) {
                double expected = z[place];
                for (int k = 0; k < from; k++) {
                    expected += factors[k * along + place % to * across] * x[place / to * from + k];
                }
                // Ten numbers below 1, rounded, multiplied and added.
                double tolerance = 50 * (type == ElementType.FLOAT ? Math.ulp(1f) : Math.ulp(1d));
                assertThat(sums[place])
                        .as("%s rows to %s, -Dthalweg.seed=%s", from, to, seed)
                        .isCloseTo(expected, within(tolerance));
                assertThat(twice[place]).isCloseTo(2 * expected, within(2 * tolerance));
            }
        }
    }

    private static double[] tanh(ElementType type, double[] x) {
        Rows rows = Rows.of(type, x.length, 2);
        rows.load(memory(type, x), 0, 0);
        rows.tanh(0, 1);
        return stored(rows, type, 1, x.length);
    }

    private static double[] sigmoid(ElementType type, double[] x) {
        Rows rows = Rows.of(type, x.length, 2);
        rows.load(memory(type, x), 0, 0);
        rows.sigmoid(0, 1);
        return stored(rows, type, 1, x.length);
    }

    private static Buffer memory(ElementType type, double[] values) {
        if (type == ElementType.DOUBLE) {
            return DoubleBuffer.wrap(values);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return FloatBuffer.wrap(floats);
    }

    private static double[] stored(Rows rows, ElementType type, int array, int length) {
        double[] values = new double[length];
        if (type == ElementType.DOUBLE) {
            rows.store(array, DoubleBuffer.wrap(values), 0);
            return values;
        }
        float[] floats = new float[length];
        rows.store(array, FloatBuffer.wrap(floats), 0);
        for (int i = 0; i < length; i++) {
            values[i] = floats[i];
        }
        return values;
    }
}
