package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images unrolled into the windows of a convolution. */
final class Patches {

    private Patches() {}

    /**
     * The windows of an image, one a row.
     *
     * @param input {@code [n, height, width, channels]}
     * @param output shape of the convolution's output, {@code [n, height, width, out]}
     * @return {@code [n * height * width, window height * window width * channels]}, 0 in the padding
     */
    static INDArray of(INDArray input, Window window, long[] output) {
        long[] shape = input.shape();
        double[] images = input.dup('c').data().asDouble();
        int channels = (int) shape[3];
        int columns = window.height() * window.width() * channels;
        INDArray patches = Nd4j.createUninitialized(input.dataType(), output[0] * output[1] * output[2], columns);
        double[] row = new double[(int) (output[1] * output[2]) * columns];
        for (long n = 0; n < output[0]; n++) {
            unroll(images, n, shape, window, output, row);
            INDArray rows = Nd4j.createFromArray(row).castTo(input.dataType());
            long first = n * output[1] * output[2];
            patches.get(NDArrayIndex.interval(first, first + output[1] * output[2]))
                    .assign(rows.reshape('c', output[1] * output[2], columns));
        }
        return patches;
    }

    private static void unroll(double[] images, long n, long[] shape, Window window, long[] output, double[] into) {
        int channels = (int) shape[3];
        int next = 0;
        for (long y = 0; y < output[1]; y++) {
            for (long x = 0; x < output[2]; x++) {
                for (int i = 0; i < window.height(); i++) {
                    long row = window.firstRow(shape[1]) + y * window.strideY() + (long) i * window.dilationY();
                    for (int j = 0; j < window.width(); j++) {
                        long column =
                                window.firstColumn(shape[2]) + x * window.strideX() + (long) j * window.dilationX();
                        boolean inside = row >= 0 && row < shape[1] && column >= 0 && column < shape[2];
                        int from = (int) (((n * shape[1] + row) * shape[2] + column) * channels);
                        for (int c = 0; c < channels; c++) {
                            into[next++] = inside ? images[from + c] : 0;
                        }
                    }
                }
            }
        }
    }
}
