package org.thalweg.objective.compiled.internal.executor;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * Rows in double precision. With y = x / 8, tanh is a quotient N / D: Lambert's continued fraction tanh(y) = y / (1 + y^2 / (3 + y^2
 * / (5 + ...))) without what follows its 13th term (NIST Digital Library of Mathematical Functions, 4.39.1), which is off by
 * 2e-18 of itself for |y| &lt;= 2.5. From there, tanh(2 y) = 2 N D / (D^2 + N^2), and exp(2 y) = (D + N) / (D - N) for the sigmoid
 * with y = x / 16. Larger |x| count as 20 for tanh and 40 for sigmoids, where both have reached their limits to the last
 * digit of 1. Rounding leaves both exact to a few units of that digit.
 */
final class DoubleRows extends Rows {

    private static final double TANH_LIMIT = 20;
    private static final double SIGMOID_LIMIT = 40;
    private static final double LEAD = 7_905_853_580_625.0;
    private static final double N1 = 1_159_525_191_825.0 / LEAD;
    private static final double N2 = 41_247_931_725.0 / LEAD;
    private static final double N3 = 523_783_260.0 / LEAD;
    private static final double N4 = 2_552_550.0 / LEAD;
    private static final double N5 = 4_095.0 / LEAD;
    private static final double N6 = 1.0 / LEAD;
    private static final double D1 = 3_794_809_718_700.0 / LEAD;
    private static final double D2 = 252_070_693_875.0 / LEAD;
    private static final double D3 = 5_237_832_600.0 / LEAD;
    private static final double D4 = 41_351_310.0 / LEAD;
    private static final double D5 = 120_120.0 / LEAD;
    private static final double D6 = 91.0 / LEAD;

    private final double[][] arrays;

    DoubleRows(int width, int rows, int... columns) {
        super(width);
        this.arrays = new double[rows + columns.length][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = new double[i < rows ? width : width * columns[i - rows]];
        }
    }

    @Override
    void load(Buffer memory, int at, int z) {
        ((DoubleBuffer) memory).get(at, arrays[z]);
    }

    @Override
    void store(int x, Buffer memory, int at) {
        ((DoubleBuffer) memory).put(at, arrays[x]);
    }

    @Override
    void toRows(int matrix, int z, int count) {
        double[] from = arrays[matrix];
        for (int j = 0; j < count; j++) {
            double[] row = arrays[z + j];
            for (int i = 0, place = j; i < width; i++, place += count) {
                row[i] = from[place];
            }
        }
    }

    @Override
    void fromRows(int x, int count, int matrix) {
        double[] to = arrays[matrix];
        for (int j = 0; j < count; j++) {
            double[] row = arrays[x + j];
            for (int i = 0, place = j; i < width; i++, place += count) {
                to[place] = row[i];
            }
        }
    }

    @Override
    void addRows(int x, int count, int matrix) {
        double[] to = arrays[matrix];
        for (int j = 0; j < count; j++) {
            double[] row = arrays[x + j];
            for (int i = 0, place = j; i < width; i++, place += count) {
                to[place] += row[i];
            }
        }
    }

    @Override
    void fill(double value, int z) {
        Arrays.fill(arrays[z], value);
    }

    @Override
    void multiply(int x, int y, int z) {
        multiply(arrays[x], arrays[y], arrays[z]);
    }

    private static void multiply(double[] x, double[] y, double[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = x[i] * y[i];
        }
    }

    @Override
    void addProduct(int x, int y, int z) {
        addProduct(arrays[x], arrays[y], arrays[z]);
    }

    private static void addProduct(double[] x, double[] y, double[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] += x[i] * y[i];
        }
    }

    @Override
    void tanh(int x, int z) {
        tanh(arrays[x], arrays[z]);
    }

    private static void tanh(double[] x, double[] z) {
        for (int i = 0; i < z.length; i++) {
            double y = Math.max(-TANH_LIMIT, Math.min(TANH_LIMIT, x[i])) * 0.125;
            double s = y * y;
            double n = y * (1 + s * (N1 + s * (N2 + s * (N3 + s * (N4 + s * (N5 + s * N6))))));
            double d = 1 + s * (D1 + s * (D2 + s * (D3 + s * (D4 + s * (D5 + s * D6)))));
            double n2 = 2 * n * d;
            double d2 = d * d + n * n;
            double n4 = 2 * n2 * d2;
            double d4 = d2 * d2 + n2 * n2;
            double n8 = 2 * n4 * d4;
            double d8 = d4 * d4 + n4 * n4;
            z[i] = n8 / d8;
        }
    }

    @Override
    void sigmoid(int x, int z) {
        sigmoid(arrays[x], arrays[z]);
    }

    private static void sigmoid(double[] x, double[] z) {
        for (int i = 0; i < z.length; i++) {
            double y = Math.max(-SIGMOID_LIMIT, Math.min(SIGMOID_LIMIT, x[i])) * 0.0625;
            double s = y * y;
            double n = y * (1 + s * (N1 + s * (N2 + s * (N3 + s * (N4 + s * (N5 + s * N6))))));
            double d = 1 + s * (D1 + s * (D2 + s * (D3 + s * (D4 + s * (D5 + s * D6)))));
            double up = d + n;
            double down = d - n;
            double up2 = up * up;
            double down2 = down * down;
            double up4 = up2 * up2;
            double down4 = down2 * down2;
            double up8 = up4 * up4;
            double down8 = down4 * down4;
            z[i] = up8 / (up8 + down8);
        }
    }

    @Override
    void addProducts(double[] factors, int strideX, int x, int countX, int strideZ, int z, int countZ) {
        for (int j = 0; j < countZ; j++) {
            int first = j * strideZ;
            double[] sum = arrays[z + j];
            int k = 0;
            for (; k + 4 <= countX; k += 4) {
                int place = first + k * strideX;
                addProducts(
                        arrays[x + k],
                        factors[place],
                        arrays[x + k + 1],
                        factors[place + strideX],
                        arrays[x + k + 2],
                        factors[place + 2 * strideX],
                        arrays[x + k + 3],
                        factors[place + 3 * strideX],
                        sum,
                        width);
            }
            for (; k < countX; k++) {
                addProducts(arrays[x + k], factors[first + k * strideX], sum, width);
            }
        }
    }

    /** Four at once, so that the sum is read and written only once for them. */
    private static void addProducts(
            double[] x0,
            double factor0,
            double[] x1,
            double factor1,
            double[] x2,
            double factor2,
            double[] x3,
            double factor3,
            double[] sum,
            int width) {
        for (int i = 0; i < width; i++) {
            sum[i] += factor0 * x0[i] + factor1 * x1[i] + factor2 * x2[i] + factor3 * x3[i];
        }
    }

    private static void addProducts(double[] x, double factor, double[] sum, int width) {
        for (int i = 0; i < width; i++) {
            sum[i] += factor * x[i];
        }
    }
}
