package org.thalweg.video.internal.scene;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.thalweg.frame.SurfaceValues;

/**
 * The losses of a surface on the finest grid that is complete. Immutable by convention: its arrays are never changed.
 *
 * @param alpha coordinates along delta, {@code [nx]}, ascending
 * @param beta coordinates along eta, {@code [ny]}, ascending
 * @param loss {@code [ny][nx]}, NaN where it is not finite
 */
record RegularGrid(double[] alpha, double[] beta, double[][] loss) {

    /** Values on a surface; a partial one gets a coarser grid, or holes if not even that is complete. */
    static RegularGrid of(SurfaceValues surface, double[][] values) {
        double[] alpha = surface.alpha();
        double[] beta = surface.beta();
        boolean[][] known = surface.known();
        int rowStep = 1;
        int columnStep = 1;
        int most = 0;
        for (int rows : divisors(beta.length - 1)) {
            for (int columns : divisors(alpha.length - 1)) {
                int points = ((beta.length - 1) / rows + 1) * ((alpha.length - 1) / columns + 1);
                if (points > most && complete(known, rows, columns)) {
                    most = points;
                    rowStep = rows;
                    columnStep = columns;
                }
            }
        }
        return every(rowStep, columnStep, alpha, beta, values);
    }

    private static int[] divisors(int n) {
        return IntStream.rangeClosed(1, n).filter(step -> n % step == 0).toArray();
    }

    private static boolean complete(boolean[][] known, int rowStep, int columnStep) {
        for (int row = 0; row < known.length; row += rowStep) {
            for (int column = 0; column < known[row].length; column += columnStep) {
                if (!known[row][column]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static RegularGrid every(int rowStep, int columnStep, double[] alpha, double[] beta, double[][] loss) {
        double[] x = every(columnStep, alpha);
        double[] y = every(rowStep, beta);
        double[][] values = new double[y.length][x.length];
        for (int row = 0; row < y.length; row++) {
            for (int column = 0; column < x.length; column++) {
                double value = loss[row * rowStep][column * columnStep];
                values[row][column] = Double.isFinite(value) ? value : Double.NaN;
            }
        }
        return new RegularGrid(x, y, values);
    }

    private static double[] every(int step, double[] axis) {
        return IntStream.iterate(0, i -> i < axis.length, i -> i + step)
                .mapToDouble(i -> axis[i])
                .toArray();
    }

    /**
     * Interpolates on a finer grid, along alpha and then along beta. Computed points keep their values. A cell with a
     * corner that is NaN is a hole.
     *
     * @param transform applied to each loss first, such as the logarithm
     * @return {@code [y.length * x.length]}, one row per y
     */
    float[] resampled(double[] x, double[] y, DoubleUnaryOperator transform) {
        double[][] rows = new double[beta.length][];
        for (int row = 0; row < beta.length; row++) {
            double[] values = new double[alpha.length];
            for (int column = 0; column < alpha.length; column++) {
                values[column] = transform.applyAsDouble(loss[row][column]);
            }
            rows[row] = BoundedCubic.interpolate(alpha, values, x);
        }
        float[] result = new float[x.length * y.length];
        double[] along = new double[beta.length];
        for (int column = 0; column < x.length; column++) {
            for (int row = 0; row < beta.length; row++) {
                along[row] = rows[row][column];
            }
            double[] values = BoundedCubic.interpolate(beta, along, y);
            for (int row = 0; row < y.length; row++) {
                result[row * x.length + column] = (float) values[row];
            }
        }
        return result;
    }
}
