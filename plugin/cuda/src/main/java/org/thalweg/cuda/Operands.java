package org.thalweg.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The axes over which an element-wise kernel runs: the axes of its output, without those of one element, and with
 * adjacent ones joined if all operands allow it.
 *
 * @param sizes of the axes, at most {@value #MOST_AXES}
 * @param strides of each operand on these axes, 0 where it is broadcast
 */
record Operands(long[] sizes, List<long[]> strides) {

    static final int MOST_AXES = 6;

    /**
     * The operands for an output; tensors of the same length but another shape are read in row-major order.
     *
     * @param output written
     * @param others the other operands
     */
    static Operands of(Tensor output, List<Tensor> others) {
        List<long[]> strides = new ArrayList<>();
        for (Tensor other : others) {
            strides.add(aligned(other, output));
        }
        strides.add(output.strides());
        return joined(output.shape(), strides);
    }

    private static long[] aligned(Tensor tensor, Tensor output) {
        Tensor fitting = fits(tensor, output) ? tensor : tensor.reshape(output.shape());
        long[] strides = new long[output.rank()];
        int shift = output.rank() - fitting.rank();
        for (int axis = 0; axis < fitting.rank(); axis++) {
            strides[shift + axis] = fitting.size(axis) == 1 ? 0 : fitting.stride(axis);
        }
        return strides;
    }

    private static boolean fits(Tensor tensor, Tensor output) {
        if (tensor.rank() > output.rank()) {
            return false;
        }
        for (int back = 1; back <= tensor.rank(); back++) {
            long size = tensor.size(tensor.rank() - back);
            if (size != 1 && size != output.size(output.rank() - back)) {
                return false;
            }
        }
        return true;
    }

    private static Operands joined(long[] shape, List<long[]> strides) {
        long[] sizes = new long[shape.length];
        List<long[]> kept = strides.stream().map(s -> new long[shape.length]).toList();
        int axes = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] == 1) {
                continue;
            }
            int last = axes - 1;
            int at = axis;
            boolean joins = last >= 0;
            for (int i = 0; joins && i < strides.size(); i++) {
                joins = kept.get(i)[last] == strides.get(i)[at] * shape[at];
            }
            int target = joins ? last : axes++;
            sizes[target] = joins ? sizes[target] * shape[axis] : shape[axis];
            for (int i = 0; i < strides.size(); i++) {
                kept.get(i)[target] = strides.get(i)[axis];
            }
        }
        if (axes > MOST_AXES) {
            throw new IllegalArgumentException("kernels have at most " + MOST_AXES + " axes, got "
                    + Arrays.toString(shape) + " with strides that keep " + axes + " of them apart");
        }
        int count = axes;
        return new Operands(
                Arrays.copyOf(sizes, count),
                kept.stream().map(s -> Arrays.copyOf(s, count)).toList());
    }

    int axes() {
        return sizes.length;
    }

    /** The sizes, followed by zeros. */
    long[] paddedSizes() {
        return Arrays.copyOf(sizes, MOST_AXES);
    }

    /** An operand's strides, followed by zeros. */
    long[] paddedStrides(int operand) {
        return Arrays.copyOf(strides.get(operand), MOST_AXES);
    }
}
