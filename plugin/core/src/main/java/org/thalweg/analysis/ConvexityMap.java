package org.thalweg.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.krylov.EigenPair;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;

/**
 * The extreme eigenvalues of the Hessian on a sparse part of a surface's grid, filled point by point. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class ConvexityMap {

    private final Grid grid;
    private final int side;
    private final boolean[][] evaluated;
    private final boolean[][] converged;
    private final int[][] products;
    private final double[][] smallest;
    private final double[][] largest;
    private final double[][] smallestResidual;
    private final double[][] largestResidual;
    private int points;

    /**
     * A map without any computed point.
     *
     * @param grid of the surface
     * @param side points a side of the map, spread evenly over the grid's points and including its corners
     * @throws IllegalArgumentException if the grid has no such points
     */
    public ConvexityMap(Grid grid, int side) {
        this.grid = grid;
        this.side = side;
        requireAmong(grid.alpha().points(), side);
        requireAmong(grid.beta().points(), side);
        int rows = grid.beta().points();
        int columns = grid.alpha().points();
        evaluated = new boolean[rows][columns];
        converged = new boolean[rows][columns];
        products = new int[rows][columns];
        smallest = unknown(rows, columns);
        largest = unknown(rows, columns);
        smallestResidual = unknown(rows, columns);
        largestResidual = unknown(rows, columns);
    }

    /**
     * A map that is computed in part, to be continued.
     *
     * @throws IllegalArgumentException if the values do not fit the grid
     */
    public ConvexityMap(Grid grid, int side, ConvexityValues known) {
        this(grid, side);
        boolean[][] there = known.evaluated();
        if (there.length != evaluated.length || there[0].length != evaluated[0].length) {
            throw new IllegalArgumentException("values of a convexity map must be those of its grid, " + grid + ", got "
                    + there[0].length + " x " + there.length);
        }
        for (int row = 0; row < there.length; row++) {
            evaluated[row] = there[row];
            converged[row] = known.converged()[row];
            products[row] = known.products()[row];
            smallest[row] = known.smallest()[row];
            largest[row] = known.largest()[row];
            smallestResidual[row] = known.smallestResidual()[row];
            largestResidual[row] = known.largestResidual()[row];
            for (boolean point : there[row]) {
                points += point ? 1 : 0;
            }
        }
    }

    /**
     * Checks that a map's points are among those of a surface.
     *
     * @param points of the surface along an axis
     * @param side points of the map along it
     * @throws IllegalArgumentException if not, with the possible numbers
     */
    public static void requireAmong(int points, int side) {
        int steps = points - 1;
        if (side < 2 || steps % (side - 1) != 0) {
            List<Integer> possible = Stream.iterate(1, n -> n <= steps, n -> n + 1)
                    .filter(n -> steps % n == 0)
                    .map(n -> n + 1)
                    .toList();
            throw new IllegalArgumentException("the points of a convexity map must be among the surface's, with "
                    + points + " a side: choose one of " + possible + ", got " + side);
        }
    }

    Grid grid() {
        return grid;
    }

    /** Total number of points. */
    public int size() {
        return side * side;
    }

    /** Number of computed points. */
    public int evaluatedPoints() {
        return points;
    }

    /** Whether every point was computed. */
    public boolean complete() {
        return points == size();
    }

    /**
     * The point that the others start from, {@code {row, column}} of the surface's grid: (0, 0), or a corner where that
     * is no grid point.
     */
    int[] first() {
        return order().get(0);
    }

    /** The points in the order of computation, from coarse to fine: {@code {row, column}} of the surface's grid. */
    List<int[]> missing() {
        return order().stream().filter(point -> !evaluated[point[0]][point[1]]).toList();
    }

    private List<int[]> order() {
        int rowStride = (grid.beta().points() - 1) / (side - 1);
        int columnStride = (grid.alpha().points() - 1) / (side - 1);
        Grid sparse = new Grid(
                new Axis(grid.alpha().from(), grid.alpha().to(), side),
                new Axis(grid.beta().from(), grid.beta().to(), side));
        return sparse.levels().stream()
                .flatMap(List::stream)
                .map(point -> new int[] {point[0] * rowStride, point[1] * columnStride})
                .toList();
    }

    /** Stores the results at a point; without any, its values stay NaN. */
    void set(int[] point, CurvatureReport report) {
        int row = point[0];
        int column = point[1];
        points += evaluated[row][column] ? 0 : 1;
        evaluated[row][column] = true;
        products[row][column] = (int) report.products();
        report.lambdaMax().ifPresent(max -> {
            largest[row][column] = max.value();
            largestResidual[row][column] = max.residual();
        });
        report.lambdaMin().ifPresent(min -> {
            smallest[row][column] = min.value();
            smallestResidual[row][column] = min.residual();
        });
        converged[row][column] = report.lambdaMax().filter(EigenPair::converged).isPresent()
                && report.lambdaMin().filter(EigenPair::converged).isPresent();
    }

    /** The current values, as plain arrays of the surface's shape. */
    public ConvexityValues values() {
        return new ConvexityValues(
                evaluated, smallest, largest, smallestResidual, largestResidual, converged, products);
    }

    private static double[][] unknown(int rows, int columns) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
        }
        return values;
    }
}
