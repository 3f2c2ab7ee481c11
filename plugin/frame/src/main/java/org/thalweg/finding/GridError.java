package org.thalweg.finding;

import org.thalweg.frame.SurfaceValues;

/**
 * Estimates the error of a surface between its points. Every other point is left out and interpolated linearly from its
 * neighbours along the axis; the error of linear interpolation grows with the square of the spacing, so on the full
 * grid it is a quarter of that. On f = a x^2 the estimate is a h^2 / 4, the error itself.
 */
final class GridError {

    private static final double HALVED = 4;

    private GridError() {}

    /** The root mean square of the error over points and axes; 0 without three finite neighbours in a row. */
    static double of(SurfaceValues surface) {
        double[][] loss = surface.loss();
        double sum = 0;
        int count = 0;
        for (int row = 0; row < loss.length; row++) {
            for (int column = 0; column < loss[row].length; column++) {
                boolean hasRow = column > 0 && column + 1 < loss[row].length;
                boolean hasColumn = row > 0 && row + 1 < loss.length;
                double along = hasRow
                        ? deviation(loss[row][column - 1], loss[row][column], loss[row][column + 1])
                        : Double.NaN;
                double across = hasColumn
                        ? deviation(loss[row - 1][column], loss[row][column], loss[row + 1][column])
                        : Double.NaN;
                for (double error : new double[] {along, across}) {
                    if (Double.isFinite(error)) {
                        sum += error * error;
                        count++;
                    }
                }
            }
        }
        return count == 0 ? 0 : Math.sqrt(sum / count) / HALVED;
    }

    private static double deviation(double before, double value, double after) {
        return value - (before + after) / 2;
    }
}
