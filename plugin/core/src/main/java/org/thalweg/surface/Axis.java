package org.thalweg.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Evenly spaced coordinates along a direction. The ends are exact, a coordinate that should be 0 is exactly 0, and an
 * axis around 0 is exactly symmetric.
 *
 * @param from first coordinate, in units of the direction
 * @param to last coordinate, larger than the first
 * @param points number of points, 2 to 100,001
 * @since 0.2.0
 */
public record Axis(double from, double to, int points) {

    /**
     * Largest deviation of 0 from a whole number of steps that counts as rounding of decimal fractions, as a share of
     * the axis.
     */
    private static final double ROUNDING = 1e-9;

    /** More points take days even for a line. */
    private static final int MOST_POINTS = 100_001;

    public Axis {
        requirePoints(2, points);
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            throw new IllegalArgumentException("the range of an axis must be finite, got " + from + " to " + to);
        }
        if (!(from < to)) {
            throw new IllegalArgumentException(
                    "the range of an axis must go from a smaller to a larger coordinate, got " + from + " to " + to);
        }
    }

    /** Checks a number of points. */
    static void requirePoints(int least, int points) {
        if (points < least) {
            throw new IllegalArgumentException("an axis must have at least " + least + " points, got " + points);
        }
        if (points > MOST_POINTS) {
            throw new IllegalArgumentException("an axis must have at most " + MOST_POINTS + " points, got " + points);
        }
    }

    /**
     * An axis from {@code -range} to {@code range}.
     *
     * @param range half width, positive
     */
    public static Axis symmetric(int points, double range) {
        if (!(range > 0) || Double.isInfinite(range)) {
            throw new IllegalArgumentException("grid range must be positive and finite, got " + range);
        }
        return new Axis(-range, range, points);
    }

    /** The coordinates, ascending, {@code [points]}. */
    public double[] coordinates() {
        double[] coordinates = new double[points];
        OptionalInt zero = zero();
        for (int i = 1; i < points - 1; i++) {
            coordinates[i] = zero.isPresent() ? around(zero.getAsInt(), i) : between(i);
        }
        coordinates[0] = from;
        coordinates[points - 1] = to;
        zero.ifPresent(i -> coordinates[i] = 0);
        return coordinates;
    }

    private double around(int zero, int i) {
        return i < zero ? from * (zero - i) / zero : to * (i - zero) / (points - 1 - zero);
    }

    private double between(int i) {
        return (from * (points - 1 - i) + to * i) / (points - 1);
    }

    /** Index of the coordinate 0; empty where the axis has none. */
    public OptionalInt zero() {
        double steps = -from / (to - from) * (points - 1);
        double whole = Math.rint(steps);
        boolean there = whole >= 0 && whole <= points - 1 && Math.abs(steps - whole) <= ROUNDING * points;
        return there ? OptionalInt.of((int) whole) : OptionalInt.empty();
    }

    /** The same number of points on a range that is {@code factor} times smaller, relative to 0. */
    public Axis zoomed(double factor) {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    "zoom must be a positive factor, 4 for a quarter of the range, got " + factor);
        }
        return new Axis(from / factor, to / factor, points);
    }

    /**
     * Index steps from coarse to fine, each a divisor of the one before, the last 1. Every {@code stride}-th point from
     * the first on forms an axis with both ends, and with 0 where this axis has it.
     */
    public List<Integer> strides() {
        int zero = zero().orElse(0);
        List<Integer> strides = new ArrayList<>();
        for (int stride = divisor(zero, points - 1 - zero); stride >= 1; stride = next(stride)) {
            strides.add(stride);
        }
        return strides;
    }

    /**
     * The points from coarse to fine: 0 alone where the axis has it, then those of each of {@link #strides()}.
     *
     * @return for each level the indices it adds, ascending
     */
    public List<List<Integer>> levels() {
        boolean[] known = new boolean[points];
        List<List<Integer>> levels = new ArrayList<>();
        zero().ifPresent(zero -> {
            known[zero] = true;
            levels.add(List.of(zero));
        });
        for (int stride : strides()) {
            List<Integer> added = new ArrayList<>();
            for (int i = 0; i < points; i += stride) {
                if (!known[i]) {
                    known[i] = true;
                    added.add(i);
                }
            }
            levels.add(added);
        }
        return levels;
    }

    /** Points of the coarser axis of a stride. */
    int pointsAt(int stride) {
        return (points - 1) / stride + 1;
    }

    /** The greatest common divisor; that of 0 and n is n. */
    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    /** The stride divided by its smallest prime factor; 0 after 1. */
    private static int next(int stride) {
        for (int factor = 2; factor <= stride; factor++) {
            if (stride % factor == 0) {
                return stride / factor;
            }
        }
        return 0;
    }

    /** The range and the number of points in words. */
    @Override
    public String toString() {
        return points + " points on [" + from + ", " + to + "]";
    }
}
