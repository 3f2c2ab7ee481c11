package org.thalweg.objective.compiled.spi;

import java.util.Arrays;

/** Computes strides for a tensor in another shape. */
final class Reshape {

    private Reshape() {}

    /**
     * Strides that give the elements of a tensor, in row-major order, another shape. Axes are matched in groups of
     * equal length; within a group the elements must be evenly spaced.
     */
    static long[] strides(Tensor tensor, long[] sizes) {
        if (tensor.contiguous()) {
            return Tensor.rowMajor(sizes);
        }
        long[] strides = new long[sizes.length];
        int from = 0;
        int to = 0;
        while (from < tensor.rank() || to < sizes.length) {
            int oldEnd = from;
            int newEnd = to;
            long oldLength = oldEnd < tensor.rank() ? tensor.size(oldEnd++) : 1;
            long newLength = newEnd < sizes.length ? sizes[newEnd++] : 1;
            while (oldLength != newLength) {
                if (oldLength < newLength) {
                    oldLength *= tensor.size(oldEnd++);
                } else {
                    newLength *= sizes[newEnd++];
                }
            }
            fill(tensor, from, oldEnd, sizes, to, newEnd, strides);
            from = oldEnd;
            to = newEnd;
        }
        return strides;
    }

    private static void fill(Tensor tensor, int from, int oldEnd, long[] sizes, int to, int newEnd, long[] strides) {
        long next = spacing(tensor, from, oldEnd, sizes);
        for (int axis = newEnd - 1; axis >= to; axis--) {
            strides[axis] = next;
            next *= sizes[axis];
        }
    }

    /** The distance between neighbours of a group of axes. */
    private static long spacing(Tensor tensor, int from, int end, long[] sizes) {
        long spacing = 1;
        long expected = -1;
        for (int axis = end - 1; axis >= from; axis--) {
            if (tensor.size(axis) == 1) {
                continue;
            }
            if (expected < 0) {
                spacing = tensor.stride(axis);
                expected = spacing;
            }
            if (tensor.stride(axis) != expected) {
                throw new IllegalArgumentException(
                        "a view of shape " + Arrays.toString(tensor.shape()) + " and strides "
                                + Arrays.toString(tensor.strides()) + " cannot have the shape " + Arrays.toString(sizes)
                                + " without being copied first");
            }
            expected *= tensor.size(axis);
        }
        return spacing;
    }
}
