package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;

/**
 * The windows that a convolution or a pool moves over an image.
 *
 * @param height of a window
 * @param width of a window
 * @param strideY rows between windows
 * @param strideX columns between windows
 * @param padY rows of padding above, when not {@code same}
 * @param padX columns of padding to the left, when not {@code same}
 * @param dilationY rows between neighbours in a window
 * @param dilationX columns between neighbours in a window
 * @param same whether padding makes the output as large as the input divided by the stride
 */
public record Window(
        int height,
        int width,
        int strideY,
        int strideX,
        int padY,
        int padX,
        int dilationY,
        int dilationX,
        boolean same) {

    /** Number of integers of a window on a tape. */
    public static final int INTEGERS = 9;

    /** The window in the first integers of an op. */
    public static Window of(long[] integers) {
        int[] of = Arrays.stream(integers).mapToInt(Math::toIntExact).toArray();
        return new Window(of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8] == 1);
    }

    /** One window over the whole image. */
    public static Window whole(long height, long width) {
        return new Window((int) height, (int) width, (int) height, (int) width, 0, 0, 1, 1, false);
    }

    public long outputHeight(long input) {
        return output(input, height, strideY, padY, dilationY);
    }

    public long outputWidth(long input) {
        return output(input, width, strideX, padX, dilationX);
    }

    /**
     * The height of the smallest image with a given number of rows of windows; if {@code same}, the height without
     * remainder.
     */
    public long inputHeight(long output) {
        return input(output, height, strideY, padY, dilationY);
    }

    /** Like {@link #inputHeight}. */
    public long inputWidth(long output) {
        return input(output, width, strideX, padX, dilationX);
    }

    /** Row of the image at which the first window starts; negative in the padding. */
    public long firstRow(long input) {
        return same ? -samePadding(input, height, strideY, dilationY) : -padY;
    }

    /** Column of the image at which the first window starts; negative in the padding. */
    public long firstColumn(long input) {
        return same ? -samePadding(input, width, strideX, dilationX) : -padX;
    }

    /** Whether windows over an image of a size neither overlap nor reach beyond it. */
    boolean disjoint(long rows, long columns) {
        return !same
                && height <= rows
                && width <= columns
                && padY == 0
                && padX == 0
                && dilationY == 1
                && dilationX == 1
                && strideY >= height
                && strideX >= width;
    }

    public boolean dilated() {
        return dilationY > 1 || dilationX > 1;
    }

    /** The window with its gaps counted in its size. */
    public Window spread() {
        return new Window(
                (height - 1) * dilationY + 1, (width - 1) * dilationX + 1, strideY, strideX, padY, padX, 1, 1, same);
    }

    /** The window that takes the output of this one, of stride 1, back to its inputs. */
    public Window turned() {
        return new Window(height, width, 1, 1, same ? 0 : height - 1 - padY, same ? 0 : width - 1 - padX, 1, 1, same);
    }

    /** Shape of weights {@code [height, width, ...]} with the gaps of the window filled. */
    public long[] spreadShape(long[] weights) {
        Window spread = spread();
        long[] shape = weights.clone();
        shape[0] = spread.height;
        shape[1] = spread.width;
        return shape;
    }

    /** The nine integers of a window on a tape, followed by others. */
    long[] arguments(long... further) {
        long[] arguments = new long[INTEGERS + further.length];
        long[] own = {height, width, strideY, strideX, padY, padX, dilationY, dilationX, same ? 1 : 0};
        System.arraycopy(own, 0, arguments, 0, own.length);
        System.arraycopy(further, 0, arguments, own.length, further.length);
        return arguments;
    }

    private long output(long input, int size, int stride, int pad, int dilation) {
        if (same) {
            return (input + stride - 1) / stride;
        }
        return (input + 2L * pad - ((size - 1L) * dilation + 1)) / stride + 1;
    }

    private long input(long output, int size, int stride, int pad, int dilation) {
        return same ? output * stride : (output - 1) * stride + (size - 1L) * dilation + 1 - 2L * pad;
    }

    /** As ND4J has it: negative, so that the first elements are in no window, if the stride exceeds the window by far. */
    private static long samePadding(long input, int size, int stride, int dilation) {
        long output = (input + stride - 1) / stride;
        return ((output - 1) * stride + (size - 1L) * dilation + 1 - input) / 2;
    }
}
