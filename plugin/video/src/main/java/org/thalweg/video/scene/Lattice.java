package org.thalweg.video.scene;

import org.thalweg.frame.SurfaceValues;

/**
 * The losses of a surface on the finest grid that was computed completely. Immutable by convention: never changed after
 * it is made.
 *
 * @param alpha coordinates along delta, {@code [nx]}, ascending
 * @param beta coordinates along eta, {@code [ny]}, ascending
 * @param loss {@code [ny][nx]}, NaN where it is not finite
 */
record Lattice(double[] alpha, double[] beta, double[][] loss) {

    /** The surface of a frame; a partial one has a coarser grid, or holes where not even that is complete. */
    static Lattice of(SurfaceValues surface) {
        double[] alpha = surface.alpha();
        double[] beta = surface.beta();
        boolean[][] evaluated = surface.evaluated();
        int most = Math.min(alpha.length, beta.length) - 1;
        for (int step = 1; step <= most; step++) {
            boolean divides = (alpha.length - 1) % step == 0 && (beta.length - 1) % step == 0;
            if (divides && complete(evaluated, step)) {
                return every(step, alpha, beta, surface.loss());
            }
        }
        return every(1, alpha, beta, surface.loss());
    }

    private static boolean complete(boolean[][] evaluated, int step) {
        for (int row = 0; row < evaluated.length; row += step) {
            for (int column = 0; column < evaluated[row].length; column += step) {
                if (!evaluated[row][column]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Lattice every(int step, double[] alpha, double[] beta, double[][] loss) {
        double[] x = new double[(alpha.length - 1) / step + 1];
        double[] y = new double[(beta.length - 1) / step + 1];
        double[][] values = new double[y.length][x.length];
        for (int row = 0; row < y.length; row++) {
            y[row] = beta[row * step];
            for (int column = 0; column < x.length; column++) {
                x[column] = alpha[column * step];
                double value = loss[row * step][column * step];
                values[row][column] = Double.isFinite(value) ? value : Double.NaN;
            }
        }
        return new Lattice(x, y, values);
    }

    /**
     * Interpolates on a finer grid, along alpha and then along beta. Computed points keep their values. A cell with a
     * corner that is NaN is a hole.
     *
     * @param transform applied to each loss first, the logarithm say
     * @return {@code [y.length * x.length]}, one row a y
     */
    float[] resampled(double[] x, double[] y, java.util.function.DoubleUnaryOperator transform) {
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
