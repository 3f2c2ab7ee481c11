package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The windows over any number of first axes of an example, as taps: one tap's elements of all windows are a strided
 * view of the input.
 *
 * @param kernel sizes of a window
 * @param stride elements between windows
 * @param padding elements before the first ones
 * @param dilation elements between neighbours in a window
 * @param outputs the number of windows
 */
public record TapWindow(long[] kernel, long[] stride, long[] padding, long[] dilation, long[] outputs) {

    /** Windows with DL4J's settings over axes of given sizes. */
    public static TapWindow of(int[] kernel, int[] stride, int[] padding, int[] dilation, boolean same, long[] sizes) {
        long[] before = longs(padding);
        long[] outputs = new long[kernel.length];
        for (int axis = 0; axis < kernel.length; axis++) {
            long reach = (kernel[axis] - 1L) * dilation[axis] + 1;
            if (same) {
                outputs[axis] = (sizes[axis] + stride[axis] - 1) / stride[axis];
                before[axis] = ((outputs[axis] - 1) * stride[axis] + reach - sizes[axis]) / 2;
            } else {
                outputs[axis] = (sizes[axis] + 2 * before[axis] - reach) / stride[axis] + 1;
            }
        }
        return new TapWindow(longs(kernel), longs(stride), before, longs(dilation), outputs);
    }

    /** A given number of windows with DL4J's settings. */
    public static TapWindow of(int[] kernel, int[] stride, int[] padding, int[] dilation, int[] outputs) {
        return new TapWindow(longs(kernel), longs(stride), longs(padding), longs(dilation), longs(outputs));
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    public int taps() {
        return (int) Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
    }

    /** An example's shape with windows on its first axes and another number of channels. */
    public long[] shape(long[] rest) {
        long[] shape = Arrays.copyOf(outputs, outputs.length + rest.length);
        System.arraycopy(rest, 0, shape, outputs.length, rest.length);
        return shape;
    }

    /** The elements that a tap reads, and their windows; nothing for a tap that is always in the padding. */
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

    /** Whether each window has a tap inside axes of given sizes. */
    public boolean reachInside(long[] sizes) {
        return Arrays.stream(insideCounts(sizes)).allMatch(count -> count > 0);
    }

    /** For each window, the number of its taps that are inside axes of given sizes. */
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
