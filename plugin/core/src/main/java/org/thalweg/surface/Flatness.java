package org.thalweg.surface;

import java.util.Arrays;

/**
 * Measures of flatness around the parameters: how much a surface rises above its value at (0, 0). Between grid points
 * the surface is the bilinear interpolation of its four corners. All lengths are in units of the directions, so only
 * surfaces with the same kind of directions and normalization can be compared (Li et al. 2018, section 5: without
 * filter normalization the numbers compare scales of weights, not sharpness).
 *
 * <p>Where a corner is not finite or was not computed, an interpolated value is NaN; {@link #averageRise} and
 * {@link #worstRise} are then NaN, and basins and volumes end there. Immutable.
 *
 * @since 0.2.0
 */
public final class Flatness {

    /** Points on a circle: the mean is exact to 1e-4 where bilinear patches vary over 1/100 of a turn. */
    private static final int ANGLES = 720;

    /** Midpoints along each side of a cell. */
    private static final int CELL_POINTS = 16;

    private final double[] alpha;
    private final double[] beta;
    private final double[][] rise;

    /**
     * A surface.
     *
     * @param alpha ascending coordinates of the columns, {@code [nx]}, 0 among them
     * @param beta ascending coordinates of the rows, {@code [ny]}, 0 among them
     * @param loss {@code [ny][nx]}
     * @throws IllegalArgumentException if the parameters are not a grid point
     */
    public Flatness(double[] alpha, double[] beta, double[][] loss) {
        int column = Arrays.binarySearch(alpha, 0);
        int row = Arrays.binarySearch(beta, 0);
        if (column < 0 || row < 0) {
            throw new IllegalArgumentException(
                    "flatness is the rise above the loss at (0, 0), which is not a point of this grid");
        }
        this.alpha = alpha.clone();
        this.beta = beta.clone();
        this.rise = new double[beta.length][alpha.length];
        for (int y = 0; y < beta.length; y++) {
            for (int x = 0; x < alpha.length; x++) {
                rise[y][x] = loss[y][x] - loss[row][column];
            }
        }
    }

    /** Radius of the largest circle around the parameters within the surface; 0 where they are at its rim. */
    public double reach() {
        return Math.min(Math.min(-alpha[0], alpha[alpha.length - 1]), Math.min(-beta[0], beta[beta.length - 1]));
    }

    /** Mean over the circle alpha^2 + beta^2 = radius^2 of L(alpha, beta) - L(0, 0). */
    public double averageRise(double radius) {
        return Arrays.stream(circle(radius)).average().orElse(Double.NaN);
    }

    /** Maximum over the circle alpha^2 + beta^2 = radius^2 of L(alpha, beta) - L(0, 0). */
    public double worstRise(double radius) {
        return Arrays.stream(circle(radius)).reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    /**
     * Volume between the surface and a level above the loss at the parameters: the integral over the grid of
     * max(0, L(0, 0) + height - L(alpha, beta)). Large is flat.
     *
     * @param height of the level, positive
     */
    public double volumeBelow(double height) {
        requireHeight(height);
        double volume = 0;
        for (int y = 0; y < beta.length - 1; y++) {
            for (int x = 0; x < alpha.length - 1; x++) {
                volume += cellVolume(x, y, height) * (alpha[x + 1] - alpha[x]) * (beta[y + 1] - beta[y]);
            }
        }
        return volume;
    }

    /**
     * Width of the basin along alpha: length of the segment around 0 on the line beta = 0 on which the loss rises by no
     * more than a height. It ends at the rim of the grid if the basin extends beyond it.
     *
     * @param height of the level, positive
     */
    public double widthAlpha(double height) {
        return width(alpha, rise[Arrays.binarySearch(beta, 0)], height);
    }

    /** The same along beta, on the line alpha = 0. */
    public double widthBeta(double height) {
        int column = Arrays.binarySearch(alpha, 0);
        return width(beta, Arrays.stream(rise).mapToDouble(row -> row[column]).toArray(), height);
    }

    private double[] circle(double radius) {
        if (!(radius > 0 && radius <= reach())) {
            throw new IllegalArgumentException(
                    "the radius must be positive and within the surface, at most " + reach() + ", got " + radius);
        }
        double[] values = new double[ANGLES];
        for (int i = 0; i < ANGLES; i++) {
            double angle = 2 * Math.PI * i / ANGLES;
            values[i] = at(radius * Math.cos(angle), radius * Math.sin(angle));
        }
        return values;
    }

    private double at(double a, double b) {
        int x = cell(alpha, a);
        int y = cell(beta, b);
        return inCell(x, y, (a - alpha[x]) / (alpha[x + 1] - alpha[x]), (b - beta[y]) / (beta[y + 1] - beta[y]));
    }

    /** Bilinear interpolation at shares u and v of a cell's sides. */
    private double inCell(int x, int y, double u, double v) {
        return (1 - v) * ((1 - u) * rise[y][x] + u * rise[y][x + 1])
                + v * ((1 - u) * rise[y + 1][x] + u * rise[y + 1][x + 1]);
    }

    private double cellVolume(int x, int y, double height) {
        double sum = 0;
        for (int i = 0; i < CELL_POINTS; i++) {
            for (int j = 0; j < CELL_POINTS; j++) {
                double below = height - inCell(x, y, (i + 0.5) / CELL_POINTS, (j + 0.5) / CELL_POINTS);
                sum += below > 0 ? below : 0;
            }
        }
        return sum / (CELL_POINTS * CELL_POINTS);
    }

    private static double width(double[] axis, double[] rise, double height) {
        requireHeight(height);
        int centre = Arrays.binarySearch(axis, 0);
        return reach(axis, rise, height, centre, 1) + reach(axis, rise, height, centre, -1);
    }

    /** Distance from the centre up to which the loss stays below the level, in one direction. */
    private static double reach(double[] axis, double[] rise, double height, int centre, int step) {
        for (int i = centre; i + step >= 0 && i + step < axis.length; i += step) {
            double next = rise[i + step];
            if (!(next <= height)) {
                double share = Double.isFinite(next) ? (height - rise[i]) / (next - rise[i]) : 0;
                return Math.abs(axis[i] + share * (axis[i + step] - axis[i]));
            }
        }
        return Math.abs(axis[step > 0 ? axis.length - 1 : 0]);
    }

    private static void requireHeight(double height) {
        if (!(height > 0)) {
            throw new IllegalArgumentException(
                    "the height of a level above the minimizer must be positive, got " + height);
        }
    }

    /** Index of the cell of an axis that contains a coordinate. */
    private static int cell(double[] axis, double coordinate) {
        int found = Arrays.binarySearch(axis, coordinate);
        int left = found >= 0 ? found : -found - 2;
        return Math.max(0, Math.min(left, axis.length - 2));
    }
}
