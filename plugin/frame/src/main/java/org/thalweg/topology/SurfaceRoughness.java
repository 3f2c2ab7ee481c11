package org.thalweg.topology;

import java.util.Arrays;

/**
 * The points at which a surface is convex. Only the plane counts: convexity there says nothing about other directions, but a
 * point that is not convex there is not convex at all. Li et al. (NeurIPS 2018, section 6) call surfaces with many minima and
 * negative curvature chaotic.
 *
 * <p>Immutable.
 *
 * @since 0.2.0
 */
public final class SurfaceRoughness {

    private final double[][] loss;

    /**
     * A surface.
     *
     * @param loss {@code [rows][columns]}, at least 3 x 3, on a grid with equal steps along each axis; a point at which it or a neighbour is
     *     not finite is not convex
     */
    public SurfaceRoughness(double[][] loss) {
        this.loss = Arrays.stream(loss).map(double[]::clone).toArray(double[][]::new);
    }

    /** Share of the inner points with negative curvature in some direction of the plane, 0 to 1. */
    public double shareNotConvex() {
        int inner = (loss.length - 2) * (loss[0].length - 2);
        return (double) count((row, column) -> !isConvex(row, column)) / inner;
    }

    /**
     * Whether the matrix of second differences at an inner point has no negative eigenvalue: a property of the
     * quadratic form that depends neither on the directions' lengths nor on the angle between them.
     */
    public boolean isConvex(int row, int column) {
        double here = loss[row][column];
        double alpha = loss[row][column - 1] - 2 * here + loss[row][column + 1];
        double beta = loss[row - 1][column] - 2 * here + loss[row + 1][column];
        double mixed = (loss[row + 1][column + 1]
                        - loss[row + 1][column - 1]
                        - loss[row - 1][column + 1]
                        + loss[row - 1][column - 1])
                / 4;
        return alpha >= 0 && beta >= 0 && alpha * beta >= mixed * mixed;
    }

    private interface Property {
        boolean holds(int row, int column);
    }

    private int count(Property property) {
        int count = 0;
        for (int row = 1; row < loss.length - 1; row++) {
            for (int column = 1; column < loss[0].length - 1; column++) {
                count += property.holds(row, column) ? 1 : 0;
            }
        }
        return count;
    }
}
