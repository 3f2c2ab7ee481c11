package org.thalweg.video.internal.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to positions along an axis, 0 at its lower end and 1 at its upper. Immutable.
 *
 * @param kind spacing of the values
 * @param low value at 0
 * @param high value at 1, above low
 * @param threshold for {@link Kind#SYMMETRIC}: below this size the axis is linear, above it logarithmic
 */
public record AxisScale(Kind kind, double low, double high, double threshold) {

    /** Spacings of values. */
    public enum Kind {
        /** Equal differences. */
        LINEAR,
        /** Equal ratios, for positive values. */
        LOGARITHMIC,
        /** Equal ratios on both sides of 0: the inverse hyperbolic sine. */
        SYMMETRIC
    }

    /** An axis that holds all finite values with a small margin. */
    public static AxisScale showing(Kind wanted, double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double largest = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
                largest = Math.max(largest, Math.abs(value));
            }
        }
        if (low > high) {
            return new AxisScale(Kind.LINEAR, 0, 1, 1);
        }
        Kind kind = wanted == Kind.LOGARITHMIC && !(low > 0) ? Kind.LINEAR : wanted;
        double threshold = largest > 0 ? largest * 1e-3 : 1;
        if (kind == Kind.LOGARITHMIC && high > low * 1.2) {
            double room = Math.pow(high / low, 0.05);
            return new AxisScale(kind, low / room, high * room, threshold);
        }
        if (kind == Kind.SYMMETRIC && high > low) {
            AxisScale tight = new AxisScale(kind, low, high, threshold);
            return new AxisScale(kind, tight.value(-0.06), tight.value(1.06), threshold);
        }
        double room = Math.max((high - low) * 0.06, 1e-9 + 0.01 * Math.abs(high));
        return new AxisScale(Kind.LINEAR, low - room, high + room, threshold);
    }

    /** Position of a value; outside 0 to 1 if it is off the axis, NaN if it cannot be shown. */
    public double position(double value) {
        return (bend(value) - bend(low)) / (bend(high) - bend(low));
    }

    /** The value at a position. */
    public double value(double position) {
        double bent = bend(low) + position * (bend(high) - bend(low));
        return switch (kind) {
            case LINEAR -> bent;
            case LOGARITHMIC -> Math.exp(bent);
            case SYMMETRIC -> threshold * Math.sinh(bent);
        };
    }

    private double bend(double value) {
        return switch (kind) {
            case LINEAR -> value;
            case LOGARITHMIC -> value > 0 ? Math.log(value) : Double.NaN;
            case SYMMETRIC -> {
                double ratio = value / threshold;
                double size = Math.abs(ratio);
                yield Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), ratio);
            }
        };
    }

    /** About {@code about} round values along the axis. */
    public List<Double> ticks(int about) {
        return switch (kind) {
            case LINEAR -> Ticks.linear(low, high, about);
            case LOGARITHMIC -> Ticks.logarithmic(low, high, about);
            case SYMMETRIC -> symmetric(about);
        };
    }

    /** 0 and powers of ten on either side, as many as fit on the axis. */
    private List<Double> symmetric(int about) {
        List<Double> ticks = new ArrayList<>();
        double apart = 0.7 / about;
        List<Double> candidates = new ArrayList<>(List.of(0.0));
        for (int exponent = (int) Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
                Math.pow(10, exponent) > threshold;
                exponent--) {
            candidates.add(Math.pow(10, exponent));
            candidates.add(-Math.pow(10, exponent));
        }
        for (double candidate : candidates) {
            double position = position(candidate);
            if (position >= 0
                    && position <= 1
                    && ticks.stream().allMatch(tick -> Math.abs(position(tick) - position) > apart)) {
                ticks.add(candidate);
            }
        }
        return ticks;
    }
}
