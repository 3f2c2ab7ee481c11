package org.thalweg.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rectangular grid on a plane, row = beta (direction eta), column = alpha (direction delta). A surface around a
 * minimizer needs (0, 0) among its points ({@link #requireCenter()}); a surface between networks does not.
 *
 * @param alpha coordinates of the columns
 * @param beta coordinates of the rows
 * @since 0.2.0
 */
public record Grid(Axis alpha, Axis beta) {

    /** More points take days and gigabytes even for the smallest networks. */
    private static final long MOST_POINTS = 1 << 24;

    /** @throws IllegalArgumentException if there are more than 16,777,216 points */
    public Grid {
        long points = (long) alpha.points() * beta.points();
        if (points > MOST_POINTS) {
            throw new IllegalArgumentException("a grid must have at most " + MOST_POINTS + " points, got "
                    + alpha.points() + " x " + beta.points());
        }
    }

    /** 25 x 25 points on [-1, 1] x [-1, 1]. */
    public static final Grid DEFAULT = square(25, 1);

    /**
     * A square around a minimizer.
     *
     * @param points a side, odd
     * @param range half width, in units of the directions
     */
    public static Grid square(int points, double range) {
        if (points < 3 || points % 2 == 0) {
            throw new IllegalArgumentException(
                    "grid size must be odd and at least 3, so that the minimizer is a grid point, got " + points);
        }
        Axis axis = Axis.symmetric(points, range);
        return new Grid(axis, axis);
    }

    /** The point (0, 0), {@code {row, column}}; empty where it is not a grid point. */
    public Optional<int[]> center() {
        OptionalInt column = alpha.zero();
        OptionalInt row = beta.zero();
        return row.isPresent() && column.isPresent()
                ? Optional.of(new int[] {row.getAsInt(), column.getAsInt()})
                : Optional.empty();
    }

    /**
     * This grid, checked to have the minimizer among its points.
     *
     * @throws IllegalArgumentException if (0, 0) is not among its points
     */
    public Grid requireCenter() {
        requireZero("alpha", alpha);
        requireZero("beta", beta);
        return this;
    }

    private static void requireZero(String name, Axis axis) {
        if (axis.zero().isEmpty()) {
            throw new IllegalArgumentException("the grid must have the minimizer as one of its points, at " + name
                    + " = 0, got " + axis
                    + ": take a range that contains 0, and so many points that 0 is a whole number"
                    + " of steps from both ends");
        }
    }

    /** Whether both axes are the same and symmetric, so that points a side and half width describe the grid. */
    public boolean isSquare() {
        return alpha.equals(beta) && alpha.from() == -alpha.to();
    }

    /** Total number of points. */
    public int size() {
        return alpha.points() * beta.points();
    }

    /** The same number of points on ranges that are {@code factor} times smaller, relative to (0, 0). */
    public Grid zoomed(double factor) {
        return new Grid(alpha.zoomed(factor), beta.zoomed(factor));
    }

    /**
     * The points from coarse to fine: first (0, 0) alone where the grid has it, then a chain of grids, each containing
     * the one before, with even steps, the corners and (0, 0), so that every level is a valid surface. The axis with
     * fewer points is refined first. 25 points a side come as 3, 5, 9, 25; 51 as 3, 11, 51. Where the numbers of steps
     * on both sides of 0 have no common divisor, an axis has no coarser level.
     *
     * @return for each level the points it adds, {@code {row, column}}, row-major
     */
    public List<List<int[]>> levels() {
        List<Integer> columnStrides = alpha.strides();
        List<Integer> rowStrides = beta.strides();
        boolean[][] known = new boolean[beta.points()][alpha.points()];
        List<List<int[]>> levels = new ArrayList<>();
        center().ifPresent(point -> {
            known[point[0]][point[1]] = true;
            levels.add(List.of(point));
        });
        int i = 0;
        int j = 0;
        while (true) {
            int columnStride = columnStrides.get(i);
            int rowStride = rowStrides.get(j);
            levels.add(added(known, rowStride, columnStride));
            boolean lastColumns = columnStride == 1;
            boolean lastRows = rowStride == 1;
            if (lastColumns && lastRows) {
                return levels;
            }
            int difference = alpha.pointsAt(columnStride) - beta.pointsAt(rowStride);
            i += !lastColumns && (difference <= 0 || lastRows) ? 1 : 0;
            j += !lastRows && (difference >= 0 || lastColumns) ? 1 : 0;
        }
    }

    private static List<int[]> added(boolean[][] known, int rowStride, int columnStride) {
        List<int[]> added = new ArrayList<>();
        for (int row = 0; row < known.length; row += rowStride) {
            for (int column = 0; column < known[row].length; column += columnStride) {
                if (!known[row][column]) {
                    known[row][column] = true;
                    added.add(new int[] {row, column});
                }
            }
        }
        return added;
    }

    /** Both axes in words. */
    @Override
    public String toString() {
        return alpha.points() + " x " + beta.points() + " points on [" + alpha.from() + ", " + alpha.to() + "] x ["
                + beta.from() + ", " + beta.to() + "]";
    }
}
