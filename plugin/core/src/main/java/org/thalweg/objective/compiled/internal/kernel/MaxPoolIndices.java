package org.thalweg.objective.compiled.internal.kernel;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.internal.HostMemory;

/** Where the maxima of an image's windows are. */
public final class MaxPoolIndices {

    private MaxPoolIndices() {}

    /**
     * Finds the position of each window's maximum, the first in row-major order where several are equal.
     *
     * @param input {@code [n, height, width, channels]}, row-major
     * @param output shape of the maxima, {@code [n, height, width, channels]}
     * @param indices for each element of the output, in row-major order, the element of the input it is taken from
     */
    public static void find(INDArray input, Window window, long[] output, int[] indices) {
        int next = 0;
        for (long n = 0; n < output[0]; n++) {
            double[] image = image(input, n);
            int offset = (int) n * image.length;
            for (long y = 0; y < output[1]; y++) {
                for (long x = 0; x < output[2]; x++) {
                    for (int c = 0; c < output[3]; c++) {
                        indices[next++] = offset + maximum(image, input.shape(), window, y, x, c);
                    }
                }
            }
        }
    }

    /**
     * Copies elements. On the host: ND4J's {@code gather} of single elements takes 300 ns for each.
     *
     * @param input not a view
     * @param indices of elements of the input
     * @param output as many elements, not a view
     */
    public static void pick(INDArray input, int[] indices, INDArray output) {
        HostMemory.fetch(input, output);
        if (input.dataType() == DataType.FLOAT) {
            FloatBuffer from = input.data().asNioFloat();
            FloatBuffer to = output.data().asNioFloat();
            for (int i = 0; i < indices.length; i++) {
                to.put(i, from.get(indices[i]));
            }
        } else {
            DoubleBuffer from = input.data().asNioDouble();
            DoubleBuffer to = output.data().asNioDouble();
            for (int i = 0; i < indices.length; i++) {
                to.put(i, from.get(indices[i]));
            }
        }
        HostMemory.changed(output);
    }

    private static double[] image(INDArray input, long n) {
        return input.get(NDArrayIndex.point(n)).dup('c').data().asDouble();
    }

    private static int maximum(double[] image, long[] shape, Window window, long y, long x, int c) {
        long top = window.firstRow(shape[1]) + y * window.strideY();
        long left = window.firstColumn(shape[2]) + x * window.strideX();
        int best = -1;
        for (int i = 0; i < window.height(); i++) {
            long row = top + (long) i * window.dilationY();
            for (int j = 0; j < window.width(); j++) {
                long column = left + (long) j * window.dilationX();
                if (row < 0 || row >= shape[1] || column < 0 || column >= shape[2]) {
                    continue;
                }
                int at = (int) ((row * shape[2] + column) * shape[3]) + c;
                if (best < 0 || image[at] > image[best]) {
                    best = at;
                }
            }
        }
        return best;
    }
}
