package org.thalweg.video.internal.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps losses to heights and colours, the same for a whole film: {@code low} is height 0, {@code high} height 1, linear
 * in the loss or its logarithm in between. Immutable.
 *
 * @param logarithmic whether heights are linear in the logarithm of the loss
 * @param low loss at height 0, positive when logarithmic
 * @param high loss at height 1, above low; higher losses are clipped
 */
public record ValueScale(boolean logarithmic, double low, double high) {

    public ValueScale {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "a scale must run from a lower to a higher loss, got " + low + " to " + high);
        }
        if (logarithmic && !(low > 0)) {
            throw new IllegalArgumentException("a logarithmic scale must begin above 0, got " + low);
        }
    }

    /** The height of a loss: below 0 and above 1 it is off the scale; NaN stays NaN. */
    public double height(double loss) {
        return logarithmic
                ? Math.log(Math.max(loss, Double.MIN_NORMAL) / low) / Math.log(high / low)
                : (loss - low) / (high - low);
    }

    /** The loss at a height. */
    public double loss(double height) {
        return logarithmic ? low * Math.pow(high / low, height) : low + height * (high - low);
    }

    /** About {@code about} round losses for an axis. */
    public List<Double> ticks(int about) {
        return logarithmic ? Ticks.logarithmic(low, high, about) : Ticks.linear(low, high, about);
    }

    /** Heights of about {@code about} evenly spaced contour lines, at round values or whole fractions of a decade. */
    public double[] contours(int about) {
        List<Double> heights = new ArrayList<>();
        if (logarithmic) {
            double decades = Math.log10(high / low);
            int perDecade = Math.max(1, (int) Math.round(about / decades));
            int first = (int) Math.ceil(Math.log10(low) * perDecade);
            int last = (int) Math.floor(Math.log10(high) * perDecade);
            for (int i = first; i <= last; i++) {
                heights.add(height(Math.pow(10, (double) i / perDecade)));
            }
        } else {
            Ticks.linear(low, high, about).forEach(loss -> heights.add(height(loss)));
        }
        return heights.stream().mapToDouble(Double::doubleValue).distinct().toArray();
    }
}
