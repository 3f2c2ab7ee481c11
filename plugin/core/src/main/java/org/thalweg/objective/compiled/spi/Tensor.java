package org.thalweg.objective.compiled.spi;

import java.util.Arrays;

/**
 * A strided view of a {@link Buffer}: element {@code (i, j, ...)} is number {@code offset + i strides[0] + j strides[1]
 * + ...} of the buffer. Slices, transpositions and broadcasts are tensors of the same buffer; nothing is copied. A
 * tensor is an immutable value and holds no numbers itself.
 *
 * @param buffer where the elements lie
 * @param offset number of the first element
 * @param shape sizes of the axes
 * @param strides elements between neighbours on each axis; 0 on an axis that is broadcast
 * @since 0.2.0
 */
public record Tensor(Buffer buffer, long offset, long[] shape, long[] strides) {

    public Tensor {
        shape = shape.clone();
        strides = strides.clone();
        if (shape.length != strides.length) {
            throw new IllegalArgumentException("a tensor must have as many strides as axes, got shape "
                    + Arrays.toString(shape) + " and strides " + Arrays.toString(strides));
        }
        long last = offset;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] < 1 || strides[axis] < 0) {
                throw new IllegalArgumentException(
                        "a tensor must have positive sizes and no negative strides, got shape " + Arrays.toString(shape)
                                + " and strides " + Arrays.toString(strides));
            }
            last += (shape[axis] - 1) * strides[axis];
        }
        if (offset < 0 || last >= buffer.length()) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " and strides "
                    + Arrays.toString(strides) + " at " + offset + " leaves its buffer of " + buffer.length()
                    + " elements");
        }
    }

    /** A whole buffer, or its beginning, row-major. */
    public static Tensor of(Buffer buffer, long... shape) {
        return new Tensor(buffer, 0, shape, rowMajor(shape));
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public long[] strides() {
        return strides.clone();
    }

    public ElementType type() {
        return buffer.type();
    }

    /** Number of axes. */
    public int rank() {
        return shape.length;
    }

    public long size(int axis) {
        return shape[axis];
    }

    public long stride(int axis) {
        return strides[axis];
    }

    /** Number of elements. */
    public long length() {
        return length(shape);
    }

    /** Whether the elements lie next to each other in row-major order. */
    public boolean contiguous() {
        long next = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (shape[axis] != 1 && strides[axis] != next) {
                return false;
            }
            next *= shape[axis];
        }
        return true;
    }

    /** Whether an axis is broadcast, so that several elements share one number. */
    public boolean broadcasts() {
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] > 1 && strides[axis] == 0) {
                return true;
            }
        }
        return false;
    }

    /** The elements from (inclusive) to (exclusive) on an axis. */
    public Tensor slice(int axis, long from, long to) {
        return slice(axis, from, to, 1);
    }

    /** Every {@code step}-th element from (inclusive) to (exclusive) on an axis. */
    public Tensor slice(int axis, long from, long to, long step) {
        if (from < 0 || to <= from || to > shape[axis] || step < 1) {
            throw new IllegalArgumentException("a slice must lie within the " + shape[axis] + " elements of axis "
                    + axis + " of " + this + ", got " + from + " to " + to + " by " + step);
        }
        long[] sizes = shape.clone();
        long[] steps = strides.clone();
        sizes[axis] = (to - from + step - 1) / step;
        steps[axis] *= step;
        return new Tensor(buffer, offset + from * strides[axis], sizes, steps);
    }

    /** The elements at one index of an axis, without that axis. */
    public Tensor select(int axis, long index) {
        Tensor one = slice(axis, index, index + 1);
        return new Tensor(buffer, one.offset, without(axis, shape), without(axis, strides));
    }

    /** The axes in another order. */
    public Tensor permute(int... axes) {
        long[] sizes = new long[axes.length];
        long[] steps = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            sizes[i] = shape[axes[i]];
            steps[i] = strides[axes[i]];
        }
        if (axes.length != shape.length || length(sizes) != length()) {
            throw new IllegalArgumentException(
                    "axes must be a permutation of those of " + this + ", got " + Arrays.toString(axes));
        }
        return new Tensor(buffer, offset, sizes, steps);
    }

    /**
     * The same elements in another shape, row-major.
     *
     * @throws IllegalArgumentException if the lengths differ, or the strides do not allow the new shape
     */
    public Tensor reshape(long... sizes) {
        if (length(sizes) != length()) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + Arrays.toString(shape) + " has no shape " + Arrays.toString(sizes));
        }
        if (Arrays.equals(sizes, shape)) {
            return this;
        }
        return new Tensor(buffer, offset, sizes, Reshape.strides(this, sizes));
    }

    /** An axis of size 1 expanded to another size, with all elements the same. */
    public Tensor broadcast(int axis, long size) {
        if (shape[axis] != 1) {
            throw new IllegalArgumentException(
                    "only an axis of size 1 can be broadcast, got axis " + axis + " of " + this);
        }
        long[] sizes = shape.clone();
        long[] steps = strides.clone();
        sizes[axis] = size;
        steps[axis] = 0;
        return new Tensor(buffer, offset, sizes, steps);
    }

    /** Any tensor as a matrix with its last axis as columns: {@code [..., c]} as {@code [m, c]}. */
    public Tensor rows() {
        long columns = shape[shape.length - 1];
        return reshape(length() / columns, columns);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && tensor.buffer == buffer
                && tensor.offset == offset
                && Arrays.equals(tensor.shape, shape)
                && Arrays.equals(tensor.strides, strides);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * System.identityHashCode(buffer) + Long.hashCode(offset)) + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return type() + Arrays.toString(shape) + (contiguous() ? "" : " by " + Arrays.toString(strides));
    }

    static long length(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** The strides of a dense tensor of some shape. */
    public static long[] rowMajor(long[] shape) {
        long[] strides = new long[shape.length];
        long next = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = next;
            next *= shape[axis];
        }
        return strides;
    }

    private static long[] without(int axis, long[] values) {
        long[] rest = new long[values.length - 1];
        System.arraycopy(values, 0, rest, 0, axis);
        System.arraycopy(values, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }
}
