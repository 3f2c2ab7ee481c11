package org.thalweg.video.film;

import java.util.OptionalDouble;

/**
 * Mapping of a surface's values to heights and colours. Immutable.
 *
 * @param quantity quantity to show
 * @param logarithmic whether heights are logarithms of a loss; linear anyway if any loss is 0 or below
 * @param low value of height 0; empty for the lowest of the run
 * @param high value of height 1; empty for the highest of the run without spikes
 * @param contours number of contour lines, about
 * @param dots whether the computed points are marked; a grid of at most 9 x 9 points always is
 * @param model whether the quadratic model of the loss is drawn as a net, with the circle within which it is right to 10 %
 * @since 0.2.0
 */
public record ValueOptions(
        SurfaceQuantity quantity,
        boolean logarithmic,
        OptionalDouble low,
        OptionalDouble high,
        int contours,
        boolean dots,
        boolean model) {

    /** The loss on a logarithmic scale of the whole run, with about 15 contour lines. */
    public static final ValueOptions DEFAULT = new ValueOptions(
            SurfaceQuantity.LOSS, true, OptionalDouble.empty(), OptionalDouble.empty(), 15, false, false);

    public ValueOptions {
        if (contours < 1 || contours > 200) {
            throw new IllegalArgumentException("the number of contour lines must be 1 to 200, got " + contours);
        }
        low.ifPresent(value -> requireFinite("lowest", value));
        high.ifPresent(value -> requireFinite("highest", value));
        if (low.isPresent() && high.isPresent() && !(low.getAsDouble() < high.getAsDouble())) {
            throw new IllegalArgumentException("the lowest value must be below the highest, got " + low.getAsDouble()
                    + " and " + high.getAsDouble());
        }
        if (logarithmic && quantity.isLoss() && low.isPresent() && !(low.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    "the lowest value of a logarithmic scale must be positive, got " + low.getAsDouble());
        }
    }

    private static void requireFinite(String end, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the " + end + " value must be finite, got " + value);
        }
    }

    /** The same for another quantity. */
    public ValueOptions withQuantity(SurfaceQuantity other) {
        return new ValueOptions(other, logarithmic, low, high, contours, dots, model);
    }

    /** The same with a logarithmic or a linear scale. */
    public ValueOptions withLogarithmic(boolean other) {
        return new ValueOptions(quantity, other, low, high, contours, dots, model);
    }

    /** The same with another range; an empty end is that of the run. */
    public ValueOptions withRange(OptionalDouble otherLow, OptionalDouble otherHigh) {
        return new ValueOptions(quantity, logarithmic, otherLow, otherHigh, contours, dots, model);
    }

    /** The same with another number of contour lines. */
    public ValueOptions withContours(int other) {
        return new ValueOptions(quantity, logarithmic, low, high, other, dots, model);
    }

    /** The same with or without marks of the computed points. */
    public ValueOptions withDots(boolean other) {
        return new ValueOptions(quantity, logarithmic, low, high, contours, other, model);
    }

    /** The same with or without the quadratic model. */
    public ValueOptions withModel(boolean other) {
        return new ValueOptions(quantity, logarithmic, low, high, contours, dots, other);
    }
}
