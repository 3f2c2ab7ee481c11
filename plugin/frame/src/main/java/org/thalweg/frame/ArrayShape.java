package org.thalweg.frame;

import java.util.OptionalLong;

/** Sizes of arrays, which may come from a file. */
final class ArrayShape {

    private ArrayShape() {}

    /** Number of elements; empty if a size is negative or the product does not fit into a long. */
    static OptionalLong elements(long[] shape) {
        long product = 1;
        for (long size : shape) {
            if (size < 0 || Math.multiplyHigh(product, size) != 0 || product * size < 0) {
                return OptionalLong.empty();
            }
            product *= size;
        }
        return OptionalLong.of(product);
    }
}
