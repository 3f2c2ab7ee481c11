package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.Nullable;

/**
 * What an output is compared with, on a batch: row-major arrays of n examples with {@code size} entries each. Arrays
 * are shared, not copied, and written to by nobody.
 *
 * @param size entries of one example
 * @param labels {@code [n * size]}
 * @param mask {@code [n * size]}, null where everything counts
 * @param weights what each entry's loss is multiplied with, mask and the loss's own weights together; null for ones
 */
public record Targets(int size, double[] labels, double @Nullable [] mask, double @Nullable [] weights) {

    /** Number of examples, n. */
    public int examples() {
        return labels.length / size;
    }

    public double weight(int entry) {
        return weights == null ? 1 : weights[entry];
    }

    public double counted(int entry) {
        return mask == null ? 1 : mask[entry];
    }
}
