package org.thalweg.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * A square grid around a minimizer: {@code points} values from {@code -range} to {@code range} on each axis, with 0
 * among them.
 *
 * @param points points a side, odd
 * @param range half width, in units of the directions
 */
public record Grid(int points, double range) {

    /** 25 x 25 points on [-1, 1] x [-1, 1]. */
    public static final Grid DEFAULT = new Grid(25, 1);

    public Grid {
        if (points < 3 || points % 2 == 0) {
            throw new IllegalArgumentException(
                    "grid size must be odd and at least 3, so that the minimizer is a grid point, got " + points);
        }
        if (!(range > 0) || Double.isInfinite(range)) {
            throw new IllegalArgumentException("grid range must be positive and finite, got " + range);
        }
    }

    /** Index of the minimizer on either axis. */
    public int center() {
        return (points - 1) / 2;
    }

    /** Coordinates of an axis, ascending; exactly 0 in the middle, and symmetric. */
    public double[] coordinates() {
        double[] coordinates = new double[points];
        for (int i = 0; i < points; i++) {
            coordinates[i] = range * (i - center()) / center();
        }
        return coordinates;
    }

    /** Total number of points. */
    public int size() {
        return points * points;
    }

    /**
     * The points from coarse to fine: the centre alone, then a chain of grids, each containing the one before, whose
     * step is a divisor of half the number of intervals, so that every level has the centre and the corners and is a
     * valid surface of its own. 25 points a side come as 3, 5, 9, 25; 51 as 3, 11, 51.
     *
     * @return for each level the points it adds, {@code {row, column}}, row-major
     */
    public List<List<int[]>> levels() {
        List<List<int[]>> levels = new ArrayList<>();
        levels.add(List.of(new int[] {center(), center()}));
        int coarser = points;
        for (int stride = center(); stride >= 1; stride = nextStride(stride)) {
            levels.add(added(stride, coarser));
            coarser = stride;
        }
        return levels;
    }

    private List<int[]> added(int stride, int coarser) {
        List<int[]> added = new ArrayList<>();
        for (int row = 0; row < points; row += stride) {
            for (int column = 0; column < points; column += stride) {
                boolean centre = row == center() && column == center();
                boolean known = coarser < points && row % coarser == 0 && column % coarser == 0;
                if (!centre && !known) {
                    added.add(new int[] {row, column});
                }
            }
        }
        return added;
    }

    /** The stride divided by its smallest prime factor; 0 after 1. */
    private static int nextStride(int stride) {
        for (int factor = 2; factor <= stride; factor++) {
            if (stride % factor == 0) {
                return stride / factor;
            }
        }
        return 0;
    }
}
