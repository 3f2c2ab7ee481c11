package org.thalweg.surface;

import java.util.Arrays;

/**
 * Piecewise cubic Hermite interpolation whose slope at a knot is that of the polynomial through the five nearest knots:
 * fourth order in the spacing, also at the ends and for uneven knots, and a knot acts no further than two knots away. It
 * has no limiter of overshoot, which would cost an order at every minimum. A value that is not finite ends the axis on
 * both of its sides: it makes the two intervals next to it NaN and changes nothing beyond them.
 */
final class LocalCubic {

    /** Knots that a slope is computed from. */
    private static final int STENCIL = 5;

    private LocalCubic() {}

    /**
     * Interpolates along one axis.
     *
     * @param knots ascending, {@code [n]}
     * @param values at the knots, {@code [n]}
     * @param places ascending, within the knots, {@code [m]}
     * @return {@code [m]}; a place at a knot gets the knot's value
     */
    static double[] interpolate(int[] knots, double[] values, int[] places) {
        double[] slopes = slopes(knots, values);
        double[] result = new double[places.length];
        int i = 0;
        for (int k = 0; k < places.length; k++) {
            while (i + 1 < knots.length && knots[i + 1] <= places[k]) {
                i++;
            }
            result[k] = places[k] == knots[i] ? values[i] : between(knots, values, slopes, i, places[k]);
        }
        return result;
    }

    /**
     * Interpolates on a grid, along its rows and then along its columns.
     *
     * @param values {@code [rowKnots][columnKnots]}
     * @return {@code [rows][columns]}
     */
    static double[][] interpolate(int[] rowKnots, int[] columnKnots, double[][] values, int[] rows, int[] columns) {
        double[][] along = Arrays.stream(values)
                .map(row -> interpolate(columnKnots, row, columns))
                .toArray(double[][]::new);
        double[][] result = new double[rows.length][columns.length];
        for (int column = 0; column < columns.length; column++) {
            int at = column;
            double[] across = Arrays.stream(along).mapToDouble(row -> row[at]).toArray();
            double[] found = interpolate(rowKnots, across, rows);
            for (int row = 0; row < rows.length; row++) {
                result[row][column] = found[row];
            }
        }
        return result;
    }

    private static double between(int[] knots, double[] values, double[] slopes, int i, int place) {
        if (!Double.isFinite(values[i]) || !Double.isFinite(values[i + 1])) {
            return Double.NaN;
        }
        double width = knots[i + 1] - knots[i];
        double t = (place - knots[i]) / width;
        double rest = 1 - t;
        return rest * rest * ((1 + 2 * t) * values[i] + t * width * slopes[i])
                + t * t * ((3 - 2 * t) * values[i + 1] - rest * width * slopes[i + 1]);
    }

    private static double[] slopes(int[] knots, double[] values) {
        double[] slopes = new double[knots.length];
        int from = 0;
        while (from < knots.length) {
            int to = from;
            while (to < knots.length && Double.isFinite(values[to])) {
                to++;
            }
            int size = Math.min(STENCIL, to - from);
            for (int i = from; i < to; i++) {
                int first = Math.max(from, Math.min(i - size / 2, to - size));
                slopes[i] = slope(knots, values, first, size, i);
            }
            from = Math.max(to, from + 1);
        }
        return slopes;
    }

    /** The slope at a knot of the polynomial through some of the knots, the derivative of Lagrange's formula. */
    private static double slope(int[] knots, double[] values, int first, int size, int at) {
        double slope = 0;
        for (int k = first; k < first + size; k++) {
            if (k == at) {
                continue;
            }
            double weight = 1.0 / (knots[k] - knots[at]);
            for (int other = first; other < first + size; other++) {
                if (other != k && other != at) {
                    weight *= (double) (knots[at] - knots[other]) / (knots[k] - knots[other]);
                }
            }
            slope += weight * (values[k] - values[at]);
        }
        return slope;
    }
}
