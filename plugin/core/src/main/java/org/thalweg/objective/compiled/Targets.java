package org.thalweg.objective.compiled;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AccuracyMetric;

/**
 * What an output is compared with: row-major arrays of n examples with {@code size} entries each. Arrays are shared, not
 * copied, and never written to.
 *
 * @param size entries of one example
 * @param labels {@code [n * size]}
 * @param mask {@code [n * size]}, null where everything counts
 * @param weights what each entry's loss is multiplied with, mask and the loss's own weights together; null for ones
 */
record Targets(int size, double[] labels, double @Nullable [] mask, double @Nullable [] weights) {

    /** Some of the examples, in an order. */
    Targets select(int[] examples) {
        return new Targets(size, select(labels, examples), selected(mask, examples), selected(weights, examples));
    }

    /** The same targets, of which the examples outside of some count for nothing. */
    Targets only(boolean[] counted) {
        double[] shown = new double[labels.length];
        Arrays.setAll(shown, i -> counted[i / size] ? 1 : 0);
        return new Targets(size, labels, times(mask, shown), times(weights, shown));
    }

    /** How many predictions there are of a kind, each weighted with its mask. */
    double counted(AccuracyMetric metric) {
        if (metric instanceof AccuracyMetric.None) {
            return 0;
        }
        boolean entries = metric instanceof AccuracyMetric.Threshold;
        double counted = 0;
        for (int row = 0; row < labels.length; row += size) {
            double largest = 0;
            for (int i = row; i < row + size; i++) {
                double one = mask == null ? 1 : mask[i];
                largest = Math.max(largest, one);
                counted += entries ? one : 0;
            }
            // An example counts as soon as one of its entries does.
            counted += entries ? 0 : largest;
        }
        return counted;
    }

    private double[] select(double[] values, int[] examples) {
        double[] selected = new double[examples.length * size];
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(values, examples[i] * size, selected, i * size, size);
        }
        return selected;
    }

    private double @Nullable [] selected(double @Nullable [] values, int[] examples) {
        return values == null ? null : select(values, examples);
    }

    private static double[] times(double @Nullable [] values, double[] shown) {
        double[] product = shown.clone();
        if (values != null) {
            Arrays.setAll(product, i -> shown[i] == 0 ? 0 : values[i]);
        }
        return product;
    }
}
