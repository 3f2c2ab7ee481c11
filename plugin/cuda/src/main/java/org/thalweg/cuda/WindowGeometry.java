package org.thalweg.cuda;

import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Windows over images, from the nine integers of an instruction and the shapes of its images.
 *
 * @param images {@code [n, height, width, channels]}
 * @param outHeight rows of windows
 * @param outWidth columns of windows
 */
record WindowGeometry(
        long[] images,
        long outHeight,
        long outWidth,
        long height,
        long width,
        long strideY,
        long strideX,
        long padY,
        long padX,
        long dilationY,
        long dilationX) {

    /**
     * @param instruction whose integers i0 to i8 are a window
     * @param x images
     * @param outHeight rows of windows
     * @param outWidth columns of windows
     */
    static WindowGeometry of(Instruction instruction, Tensor x, long outHeight, long outWidth) {
        long[] i = instruction.integers();
        boolean same = i[8] == 1;
        long padY = same ? before(outHeight, i[2], i[0], i[6], x.size(1)) : i[4];
        long padX = same ? before(outWidth, i[3], i[1], i[7], x.size(2)) : i[5];
        return new WindowGeometry(x.shape(), outHeight, outWidth, i[0], i[1], i[2], i[3], padY, padX, i[6], i[7]);
    }

    /** The smaller half of the padding. */
    private static long before(long outputs, long stride, long window, long dilation, long inputs) {
        return Math.max(0, (outputs - 1) * stride + (window - 1) * dilation + 1 - inputs) / 2;
    }

    long examples() {
        return images[0];
    }

    long inHeight() {
        return images[1];
    }

    long inWidth() {
        return images[2];
    }

    long channels() {
        return images[3];
    }

    /** Total number of windows. */
    long windows() {
        return examples() * outHeight * outWidth;
    }

    /** {@code struct Geometry} of a convolution. */
    KernelArguments convolution(long outChannels) {
        return new KernelArguments()
                .integers(examples(), inHeight(), inWidth(), channels())
                .integers(outHeight, outWidth, outChannels)
                .integers(height, width, strideY, strideX, dilationY, dilationX, padY, padX)
                .divisors(channels(), width, outWidth, outHeight, inWidth(), inHeight(), outChannels, strideY, strideX);
    }

    /** {@code struct PoolArgs} up to its pointers. */
    KernelArguments pooling(boolean countPadding) {
        return windowed(countPadding ? 1 : 0);
    }

    /** Sizes, window and one more integer. */
    KernelArguments windowed(long last) {
        return new KernelArguments()
                .integers(examples(), inHeight(), inWidth(), channels(), outHeight, outWidth)
                .integers(height, width, strideY, strideX, dilationY, dilationX, padY, padX, last);
    }
}
