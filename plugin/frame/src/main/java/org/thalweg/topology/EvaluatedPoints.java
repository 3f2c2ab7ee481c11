package org.thalweg.topology;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntConsumer;
import org.thalweg.frame.SurfaceValues;

/**
 * The graph of the computed points of a surface: each point of the grid belongs to the nearest computed one, and computed
 * points are neighbours if points that belong to them touch, along a side or at a corner. On a whole grid these are the eight
 * points around each; where points are left out, no edge leads through the realm of a third point, so there are no tunnels
 * below a ridge. Points whose loss is not finite have realms, too, but no edges: they are walls.
 */
final class EvaluatedPoints {

    private static final int NOBODY = -1;

    private static final int[][] AROUND = {{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}};

    private final int rows;
    private final int columns;
    private final boolean[][] evaluated;
    private final double[][] loss;

    /** The point that each place of the grid belongs to. */
    private final int[] owner;

    /** For each place, another one of the same point: a list that begins at the point itself. */
    private final int[] nextOwned;

    EvaluatedPoints(SurfaceValues surface) {
        this.evaluated = surface.evaluated();
        this.loss = surface.loss();
        this.rows = loss.length;
        this.columns = loss[0].length;
        this.owner = new int[rows * columns];
        this.nextOwned = new int[rows * columns];
        share();
    }

    /** Number of places of the grid. */
    int size() {
        return rows * columns;
    }

    int columns() {
        return columns;
    }

    /** The loss at a point, numbered row by row. */
    double loss(int point) {
        return loss[point / columns][point % columns];
    }

    /** Whether a point is a computed one with a finite loss. */
    boolean isKnown(int point) {
        return evaluated[point / columns][point % columns] && Double.isFinite(loss(point));
    }

    boolean isOnRim(int point) {
        int row = point / columns;
        int column = point % columns;
        return row == 0 || column == 0 || row == rows - 1 || column == columns - 1;
    }

    /** Calls with the neighbours of a point that have a finite loss, with some more than once. */
    void forEachNeighbour(int point, IntConsumer neighbour) {
        for (int place = point; place != NOBODY; place = nextOwned[place]) {
            for (int[] step : AROUND) {
                int row = place / columns + step[0];
                int column = place % columns + step[1];
                if (isInside(row, column)) {
                    int other = owner[row * columns + column];
                    if (other != point && isKnown(other)) {
                        neighbour.accept(other);
                    }
                }
            }
        }
    }

    /** Gives every place of the grid to the nearest computed point, by steps to the eight places around. */
    private void share() {
        Arrays.fill(owner, NOBODY);
        Arrays.fill(nextOwned, NOBODY);
        Deque<Integer> reached = new ArrayDeque<>();
        for (int point = 0; point < owner.length; point++) {
            if (evaluated[point / columns][point % columns]) {
                owner[point] = point;
                reached.add(point);
            }
        }
        while (!reached.isEmpty()) {
            int place = reached.remove();
            for (int[] step : AROUND) {
                int row = place / columns + step[0];
                int column = place % columns + step[1];
                if (isInside(row, column) && owner[row * columns + column] == NOBODY) {
                    int next = row * columns + column;
                    int point = owner[place];
                    owner[next] = point;
                    nextOwned[next] = nextOwned[point];
                    nextOwned[point] = next;
                    reached.add(next);
                }
            }
        }
    }

    private boolean isInside(int row, int column) {
        return row >= 0 && column >= 0 && row < rows && column < columns;
    }

    /**
     * How far the loss at a point differs from linear interpolation between the next computed points before and after it, in the row
     * or in the column, whichever is larger; 0 without them.
     */
    double deviation(int point) {
        return Math.max(deviation(point, 0, 1), deviation(point, 1, 0));
    }

    private double deviation(int point, int down, int right) {
        int before = distance(point, -down, -right);
        int after = distance(point, down, right);
        if (before == 0 || after == 0) {
            return 0;
        }
        int stride = down * columns + right;
        double share = (double) before / (before + after);
        double line = (1 - share) * loss(point - before * stride) + share * loss(point + after * stride);
        return Math.abs(loss(point) - line);
    }

    /** Steps to the next computed point with a finite loss; 0 without one. */
    private int distance(int point, int down, int right) {
        int row = point / columns + down;
        int column = point % columns + right;
        for (int steps = 1; isInside(row, column); steps++, row += down, column += right) {
            if (isKnown(row * columns + column)) {
                return steps;
            }
        }
        return 0;
    }
}
