package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The windows of a convolution over images as rows of a matrix, so that the gradient is a matrix product.
 *
 * @param window without dilation
 * @param images their number
 * @param height rows of windows in an image
 * @param width columns of windows in an image
 * @param channels of the images
 */
record Unrolling(Window window, long images, long height, long width, long channels) {

    /**
     * The windows of images {@code [n, height, width, channels]}.
     *
     * @param output of the convolution with the window, or any tensor of the same shape except for channels
     */
    static Unrolling of(Window window, Tensor images, Tensor output) {
        return new Unrolling(window, images.size(0), output.size(1), output.size(2), images.size(3));
    }

    /** Windows of an image. */
    long rows() {
        return height * width;
    }

    /** Elements of a window. */
    long columns() {
        return (long) window.height() * window.width() * channels;
    }

    /** Shape of all windows of all images, one per row. */
    long[] shape() {
        return new long[] {images * rows(), columns()};
    }

    /** Records that windows are written to the first rows of a matrix. */
    void record(Tape tape, Tensor from, Tensor into) {
        tape.unrollWindows(from, into.slice(0, 0, from.size(0) * rows()), window.arguments(height, width));
    }
}
