package org.thalweg.objective.compiled.internal.kernel;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.internal.HostMemory;

/**
 * Images unrolled into the windows of a convolution, which makes its gradient a matrix product. On the host: ND4J's op
 * for it is several times slower than copying runs of bytes, and knows only channels first.
 */
public final class Im2Col {

    private final Window window;
    private final long[] image;
    private final long[] output;
    private final int width;

    private Im2Col(Window window, long[] image, long[] output, int width) {
        this.window = window;
        this.image = image;
        this.output = output;
        this.width = width;
    }

    /**
     * The windows of images.
     *
     * @param window without dilation
     * @param images {@code [n, height, width, channels]}
     * @param output of the convolution with the window, or anything of its shape but for channels
     */
    public static Im2Col of(Window window, INDArray images, INDArray output) {
        return new Im2Col(
                window, images.shape(), output.shape(), images.dataType().width());
    }

    /** Windows of an example. */
    public long rows() {
        return output[1] * output[2];
    }

    /** Elements of a window. */
    public long columns() {
        return (long) window.height() * window.width() * image[3];
    }

    /** Shape of all windows of all images, one a row. */
    public long[] shape() {
        return new long[] {image[0] * rows(), columns()};
    }

    /**
     * Unrolls all images, with zeros in the padding.
     *
     * @param images row-major, not a view
     * @param into of {@link #shape}, row-major, not a view
     */
    public void unroll(INDArray images, INDArray into) {
        unroll(images, 0, (int) image[0], into);
    }

    /**
     * Unrolls some of the images.
     *
     * @param first number of the first image
     * @param count how many images
     * @param into {@code [count * rows, columns]} or more rows
     */
    public void unroll(INDArray images, int first, int count, INDArray into) {
        HostMemory.fetch(images, into);
        ByteBuffer from = images.data().asNio();
        ByteBuffer to = into.data().asNio();
        IntStream.range(0, count).parallel().forEach(i -> unroll(from, first + i, to, i));
        HostMemory.changed(into);
    }

    private void unroll(ByteBuffer from, int example, ByteBuffer to, int place) {
        int run = Math.toIntExact(window.width() * image[3] * width);
        int next = Math.toIntExact(place * rows() * columns() * width);
        for (long y = 0; y < output[1]; y++) {
            for (long x = 0; x < output[2]; x++) {
                long left = window.firstColumn(image[2]) + x * window.strideX();
                for (int i = 0; i < window.height(); i++) {
                    long row = window.firstRow(image[1]) + y * window.strideY() + i;
                    copyRun(from, example, row, left, to, next);
                    next += run;
                }
            }
        }
    }

    /** Copies one row of a window, with zeros where it lies outside the image. */
    private void copyRun(ByteBuffer from, int example, long row, long left, ByteBuffer to, int target) {
        int pixel = Math.toIntExact(image[3] * width);
        long begin = Math.max(left, 0);
        long end = row < 0 || row >= image[1] ? begin : Math.min(left + window.width(), image[2]);
        int before = (int) (begin - left) * pixel;
        int inside = (int) Math.max(0, end - begin) * pixel;
        zero(to, target, before);
        if (inside > 0) {
            int source = Math.toIntExact(((example * image[1] + row) * image[2] + begin) * pixel);
            to.put(target + before, from, source, inside);
        }
        zero(to, target + before + inside, window.width() * pixel - before - inside);
    }

    private static void zero(ByteBuffer to, int target, int bytes) {
        for (int i = 0; i < bytes; i += Integer.BYTES) {
            to.putInt(target + i, 0);
        }
    }
}
