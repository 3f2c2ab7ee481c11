package org.thalweg.video.internal.scene;

/**
 * Cubic interpolation without overshoot. Where values are monotone it stays between the two neighbours. Over a grid
 * ({@link #interpolate}) it may exceed a local extremum, whose true place is seldom a grid point, by at most 4/27 of
 * the smaller difference to its neighbours: J. M. Hyman, "Accurate monotonicity preserving cubic interpolation", SIAM
 * J. Sci. Stat. Comput. 4(4), 1983. Over time ({@link #slope}) it never does.
 */
final class BoundedCubic {

    private BoundedCubic() {}

    /**
     * Interpolates values between knots. A NaN at a knot makes both adjacent intervals NaN; values outside the knots
     * are NaN, too. A place at a knot gets the knot's value.
     *
     * @param knots ascending, {@code [n]}
     * @param values at the knots, {@code [n]}
     * @param places places of the interpolated values, ascending, {@code [m]}
     * @return {@code [m]}
     */
    static double[] interpolate(double[] knots, double[] values, double[] places) {
        double[] tangents = tangents(knots, values);
        double[] result = new double[places.length];
        int i = 0;
        for (int k = 0; k < places.length; k++) {
            double place = places[k];
            while (i + 2 < knots.length && place >= knots[i + 1]) {
                i++;
            }
            result[k] = at(knots, values, tangents, i, place);
        }
        return result;
    }

    private static double at(double[] knots, double[] values, double[] tangents, int i, double place) {
        if (place == knots[i]) {
            return values[i];
        }
        if (i + 1 == knots.length || place < knots[i] || place > knots[i + 1]) {
            return Double.NaN;
        }
        if (place == knots[i + 1]) {
            return values[i + 1];
        }
        double width = knots[i + 1] - knots[i];
        return hermite(
                values[i], values[i + 1], width * tangents[i], width * tangents[i + 1], (place - knots[i]) / width);
    }

    /** The cubic from a to b with these slopes per unit of t. */
    static double hermite(double a, double b, double slopeA, double slopeB, double t) {
        double rest = 1 - t;
        return rest * rest * ((1 + 2 * t) * a + t * slopeA) + t * t * ((3 - 2 * t) * b - rest * slopeB);
    }

    /**
     * The slope at a knot between two intervals of slopes {@code before} and {@code after}: the weighted harmonic mean
     * of F. N. Fritsch and J. Butland (SIAM J. Sci. Stat. Comput. 5(2), 1984), 0 at an extremum. NaN means that there
     * is no such interval.
     */
    static double slope(double before, double after, double widthBefore, double widthAfter) {
        if (Double.isNaN(before) || Double.isNaN(after)) {
            return Double.isNaN(before) ? (Double.isNaN(after) ? 0 : after) : before;
        }
        if (before * after <= 0) {
            return 0;
        }
        double near = widthBefore + 2 * widthAfter;
        double far = 2 * widthBefore + widthAfter;
        return (near + far) / (far / before + near / after);
    }

    private static double[] tangents(double[] knots, double[] values) {
        double[] tangents = new double[knots.length];
        for (int i = 0; i < knots.length; i++) {
            double before = i == 0 ? Double.NaN : (values[i] - values[i - 1]) / (knots[i] - knots[i - 1]);
            double after = i == knots.length - 1 ? Double.NaN : (values[i + 1] - values[i]) / (knots[i + 1] - knots[i]);
            if (Double.isNaN(before) || Double.isNaN(after)) {
                tangents[i] = slope(before, after, 1, 1);
                continue;
            }
            double left = knots[i] - knots[i - 1];
            double right = knots[i + 1] - knots[i];
            double parabola = (right * before + left * after) / (left + right);
            double smaller = Math.min(Math.abs(before), Math.abs(after));
            double most = before * after > 0 ? 3 * smaller : smaller;
            tangents[i] = Math.max(-most, Math.min(most, parabola));
        }
        return tangents;
    }
}
