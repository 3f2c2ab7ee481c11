package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The windows over the first axes of an example, of any number, as taps: each tap's elements of all windows are one strided
 * view of the input.
 *
 * @param kernel sizes of a window
 * @param stride elements between windows
 * @param padding elements before the first axis elements
 * @param dilation elements between neighbours in a window
 * @param outputs how many windows there are
 */
public record TapWindow(long[] kernel, long[] stride, long[] padding, long[] dilation, long[] outputs) {

    /** Windows with DL4J's settings over axes of some sizes. */
    public static TapWindow of(int[] kernel, int[] stride, int[] padding, int[] dilation, boolean same, long[] sizes) {
        long[] before = longs(padding);
        long[] outputs = new long[kernel.length];
        for (int axis = 0; axis < kernel.length; axis++) {
            long reach = (kernel[axis] - 1L) * dilation[axis] + 1;
            if (same) {
                outputs[axis] = (sizes[axis] + stride[axis] - 1) / stride[axis];
                before[axis] = Math.max(0, (outputs[axis] - 1) * stride[axis] + reach - sizes[axis]) / 2;
            } else {
                outputs[axis] = (sizes[axis] + 2 * before[axis] - reach) / stride[axis] + 1;
            }
        }
        return new TapWindow(longs(kernel), longs(stride), before, longs(dilation), outputs);
    }

    /** So many windows with DL4J's settings. */
    public static TapWindow of(int[] kernel, int[] stride, int[] padding, int[] dilation, int[] outputs) {
        return new TapWindow(longs(kernel), longs(stride), longs(padding), longs(dilation), longs(outputs));
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    public int taps() {
        return (int) Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
    }

    /** An example's shape with the windows for its first axes and other channels. */
    public long[] shape(long[] rest) {
        long[] shape = Arrays.copyOf(outputs, outputs.length + rest.length);
        System.arraycopy(rest, 0, shape, outputs.length, rest.length);
        return shape;
    }

    /** What a tap reads, and the windows that it is in; nothing for one that is in the padding always. */
    void ofTap(int tap, Tensor input, Tensor windows, BiConsumer<Tensor, Tensor> action) {
        Tensor from = input;
        Tensor to = windows;
        int rest = tap;
        for (int axis = kernel.length - 1; axis >= 0; axis--) {
            long start = rest % kernel[axis] * dilation[axis] - padding[axis];
            rest /= (int) kernel[axis];
            long first = start >= 0 ? 0 : (-start + stride[axis] - 1) / stride[axis];
            long last = Math.min(outputs[axis] - 1, Math.floorDiv(input.size(axis + 1) - 1 - start, stride[axis]));
            if (first > last) {
                return;
            }
            from = from.slice(axis + 1, start + first * stride[axis], start + last * stride[axis] + 1, stride[axis]);
            to = to.slice(axis + 1, first, last + 1);
        }
        action.accept(from, to);
    }

    /** For each window, how many of its taps are inside axes of some sizes. */
    double[] insideCounts(long[] sizes) {
        int windows = (int) Arrays.stream(outputs).reduce(1, (a, b) -> a * b);
        return IntStream.range(0, windows)
                .mapToDouble(window -> insideCount(window, sizes))
                .toArray();
    }

    private double insideCount(int window, long[] sizes) {
        double count = 1;
        int rest = window;
        for (int axis = kernel.length - 1; axis >= 0; axis--) {
            long start = rest % outputs[axis] * stride[axis] - padding[axis];
            rest /= (int) outputs[axis];
            long inside = 0;
            for (long tap = 0; tap < kernel[axis]; tap++) {
                long at = start + tap * dilation[axis];
                inside += at >= 0 && at < sizes[axis] ? 1 : 0;
            }
            count *= inside;
        }
        return count;
    }
}
