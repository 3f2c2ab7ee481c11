package org.thalweg.objective.compiled.internal.executor;

import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Rows in single precision. With y = x / 4, tanh is a quotient N / D: Lambert's continued fraction tanh(y) = y / (1 + y^2 / (3 + y^2
 * / (5 + ...))) without what follows its 8th term (NIST Digital Library of Mathematical Functions, 4.39.1), which is off by
 * 3e-9 of itself for |y| &lt;= 2.5. From there, tanh(2 y) = 2 N D / (D^2 + N^2), and exp(2 y) = (D + N) / (D - N) for the sigmoid
 * with y = x / 8. Larger |x| count as 10 for tanh and 20 for sigmoids, where both have reached their limits to the last
 * digit of 1. Rounding leaves both exact to a few units of that digit.
 */
final class FloatRows extends Rows {

    private static final float TANH_LIMIT = 10f;
    private static final float SIGMOID_LIMIT = 20f;
    private static final float LEAD = 2_027_025f;
    private static final float N1 = 270_270f / LEAD;
    private static final float N2 = 6_930f / LEAD;
    private static final float N3 = 36f / LEAD;
    private static final float D1 = 945_945f / LEAD;
    private static final float D2 = 51_975f / LEAD;
    private static final float D3 = 630f / LEAD;
    private static final float D4 = 1f / LEAD;

    private final float[][] arrays;

    FloatRows(int width, int rows, int... columns) {
        super(width);
        this.arrays = new float[rows + columns.length][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = new float[i < rows ? width : width * columns[i - rows]];
        }
    }

    @Override
    void load(Buffer memory, int at, int z) {
        ((FloatBuffer) memory).get(at, arrays[z]);
    }

    @Override
    void store(int x, Buffer memory, int at) {
        ((FloatBuffer) memory).put(at, arrays[x]);
    }

    @Override
    void toRows(int matrix, int z, int count) {
        float[] from = arrays[matrix];
        for (int j = 0; j < count; j++) {
            float[] row = arrays[z + j];
            for (int i = 0, place = j; i < width; i++, place += count) {
                row[i] = from[place];
            }
        }
    }

    @Override
    void fromRows(int x, int count, int matrix) {
        float[] to = arrays[matrix];
        for (int j = 0; j < count; j++) {
            float[] row = arrays[x + j];
            for (int i = 0, place = j; i < width; i++, place += count) {
                to[place] = row[i];
            }
        }
    }

    @Override
    void addRows(int x, int count, int matrix) {
        float[] to = arrays[matrix];
        for (int j = 0; j < count; j++) {
            float[] row = arrays[x + j];
            for (int i = 0, place = j; i < width; i++, place += count) {
                to[place] += row[i];
            }
        }
    }

    @Override
    void fill(double value, int z) {
        Arrays.fill(arrays[z], (float) value);
    }

    @Override
    void multiply(int x, int y, int z) {
        multiply(arrays[x], arrays[y], arrays[z]);
    }

    private static void multiply(float[] x, float[] y, float[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = x[i] * y[i];
        }
    }

    @Override
    void addProduct(int x, int y, int z) {
        addProduct(arrays[x], arrays[y], arrays[z]);
    }

    private static void addProduct(float[] x, float[] y, float[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] += x[i] * y[i];
        }
    }

    @Override
    void tanh(int x, int z) {
        tanh(arrays[x], arrays[z]);
    }

    private static void tanh(float[] x, float[] z) {
        for (int i = 0; i < z.length; i++) {
            float y = Math.max(-TANH_LIMIT, Math.min(TANH_LIMIT, x[i])) * 0.25f;
            float s = y * y;
            float n = y * (1 + s * (N1 + s * (N2 + s * N3)));
            float d = 1 + s * (D1 + s * (D2 + s * (D3 + s * D4)));
            float n2 = 2 * n * d;
            float d2 = d * d + n * n;
            float n4 = 2 * n2 * d2;
            float d4 = d2 * d2 + n2 * n2;
            z[i] = n4 / d4;
        }
    }

    @Override
    void sigmoid(int x, int z) {
        sigmoid(arrays[x], arrays[z]);
    }

    private static void sigmoid(float[] x, float[] z) {
        for (int i = 0; i < z.length; i++) {
            float y = Math.max(-SIGMOID_LIMIT, Math.min(SIGMOID_LIMIT, x[i])) * 0.125f;
            float s = y * y;
            float n = y * (1 + s * (N1 + s * (N2 + s * N3)));
            float d = 1 + s * (D1 + s * (D2 + s * (D3 + s * D4)));
            float up = d + n;
            float down = d - n;
            float up2 = up * up;
            float down2 = down * down;
            float up4 = up2 * up2;
            float down4 = down2 * down2;
            z[i] = up4 / (up4 + down4);
        }
    }

    @Override
    void addProducts(double[] factors, int strideX, int x, int countX, int strideZ, int z, int countZ) {
        for (int j = 0; j < countZ; j++) {
            int first = j * strideZ;
            float[] sum = arrays[z + j];
            int k = 0;
            for (; k + 4 <= countX; k += 4) {
                int place = first + k * strideX;
                addProducts(
                        arrays[x + k],
                        (float) factors[place],
                        arrays[x + k + 1],
                        (float) factors[place + strideX],
                        arrays[x + k + 2],
                        (float) factors[place + 2 * strideX],
                        arrays[x + k + 3],
                        (float) factors[place + 3 * strideX],
                        sum,
                        width);
            }
            for (; k < countX; k++) {
                addProducts(arrays[x + k], (float) factors[first + k * strideX], sum, width);
            }
        }
    }

    /** Four at once, so that the sum is read and written only once for them. */
    private static void addProducts(
            float[] x0,
            float factor0,
            float[] x1,
            float factor1,
            float[] x2,
            float factor2,
            float[] x3,
            float factor3,
            float[] sum,
            int width) {
        for (int i = 0; i < width; i++) {
            sum[i] += factor0 * x0[i] + factor1 * x1[i] + factor2 * x2[i] + factor3 * x3[i];
        }
    }

    private static void addProducts(float[] x, float factor, float[] sum, int width) {
        for (int i = 0; i < width; i++) {
            sum[i] += factor * x[i];
        }
    }
}
