package org.thalweg.objective.compiled;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AccuracyMetric;

/**
 * What an output is compared with: row-major arrays of n examples with channels last. Arrays are shared, never copied
 * or written to.
 *
 * @param shape of one example: {@code [size]}, or {@code [time, size]} of a sequence
 * @param labels of n examples
 * @param mask of each entry, null if everything counts
 * @param weights factor of each entry's loss: mask times the loss's own weights; null for ones
 */
record Targets(long[] shape, double[] labels, double @Nullable [] mask, double @Nullable [] weights) {

    /** Entries of one example. */
    int size() {
        return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** The shape of all examples. */
    long[] batch() {
        long[] batch = new long[shape.length + 1];
        batch[0] = labels.length / size();
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }

    /** Some of the examples, in an order. */
    Targets select(int[] examples) {
        return new Targets(shape, select(labels, examples), selected(mask, examples), selected(weights, examples));
    }

    /** The same targets, with zero weight outside the given examples. */
    Targets only(boolean[] counted) {
        int size = size();
        double[] shown = new double[labels.length];
        Arrays.setAll(shown, i -> counted[i / size] ? 1 : 0);
        return new Targets(shape, labels, times(mask, shown), times(weights, shown));
    }

    /** The number of predictions of a kind, each weighted with its mask. */
    double counted(AccuracyMetric metric) {
        if (metric instanceof AccuracyMetric.None) {
            return 0;
        }
        boolean entries = metric instanceof AccuracyMetric.Threshold;
        int channels = (int) shape[shape.length - 1];
        double counted = 0;
        for (int row = 0; row < labels.length; row += channels) {
            double largest = 0;
            for (int i = row; i < row + channels; i++) {
                double one = mask == null ? 1 : mask[i];
                largest = Math.max(largest, one);
                counted += entries ? one : 0;
            }
            // A row counts if any of its entries does.
            counted += entries ? 0 : largest;
        }
        return counted;
    }

    private double[] select(double[] values, int[] examples) {
        int size = size();
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
