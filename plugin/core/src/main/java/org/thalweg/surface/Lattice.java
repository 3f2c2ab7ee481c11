package org.thalweg.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * One level of a grid's refinement: rows and columns of the grid, each of which is new or belongs to the level before.
 * Points are numbered row by row.
 *
 * @param rows indices in the grid, ascending
 * @param columns indices in the grid, ascending
 * @param newRows whether each row is new
 * @param newColumns whether each column is new
 */
record Lattice(int[] rows, int[] columns, boolean[] newRows, boolean[] newColumns) {

    /** The levels of a grid from coarse to fine; where one axis has fewer, it waits for the other at its coarsest. */
    static List<Lattice> levels(Grid grid) {
        List<int[]> columns = NestedKnots.of(grid.alpha());
        List<int[]> rows = NestedKnots.of(grid.beta());
        int levels = Math.max(columns.size(), rows.size());
        List<Lattice> lattices = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            int[] before = level == 0 ? new int[0] : at(rows, level - 1, levels);
            int[] beforeColumns = level == 0 ? new int[0] : at(columns, level - 1, levels);
            int[] now = at(rows, level, levels);
            int[] nowColumns = at(columns, level, levels);
            lattices.add(new Lattice(now, nowColumns, added(now, before), added(nowColumns, beforeColumns)));
        }
        return lattices;
    }

    private static int[] at(List<int[]> axis, int level, int levels) {
        return axis.get(Math.max(0, level - (levels - axis.size())));
    }

    private static boolean[] added(int[] now, int[] before) {
        boolean[] added = new boolean[now.length];
        int known = 0;
        for (int i = 0; i < now.length; i++) {
            boolean old = known < before.length && before[known] == now[i];
            known += old ? 1 : 0;
            added[i] = !old;
        }
        return added;
    }

    int size() {
        return rows.length * columns.length;
    }

    int row(int point) {
        return point / columns.length;
    }

    int column(int point) {
        return point % columns.length;
    }

    /** The number of a point in a grid. */
    int inGrid(int point, int gridColumns) {
        return rows[row(point)] * gridColumns + columns[column(point)];
    }

    boolean isNew(int point) {
        return newRows[row(point)] || newColumns[column(point)];
    }

    /** Whether a new point lies in the middle of four points of the level before. */
    boolean isCentre(int point) {
        return newRows[row(point)] && newColumns[column(point)];
    }

    boolean isRim(int point) {
        int row = row(point);
        int column = column(point);
        return row == 0 || column == 0 || row == rows.length - 1 || column == columns.length - 1;
    }

    /** The neighbours in this level, two to four. */
    List<Integer> neighbours(int point) {
        int row = row(point);
        int column = column(point);
        List<Integer> neighbours = new ArrayList<>();
        if (row > 0) {
            neighbours.add(point - columns.length);
        }
        if (row < rows.length - 1) {
            neighbours.add(point + columns.length);
        }
        if (column > 0) {
            neighbours.add(point - 1);
        }
        if (column < columns.length - 1) {
            neighbours.add(point + 1);
        }
        return neighbours;
    }

    /**
     * The points of the grid around a point of this level, up to some neighbours away.
     *
     * @return first row, last row, first column, last column
     */
    int[] around(int point, int neighbours) {
        int row = row(point);
        int column = column(point);
        return new int[] {
            rows[Math.max(0, row - neighbours)],
            rows[Math.min(rows.length - 1, row + neighbours)],
            columns[Math.max(0, column - neighbours)],
            columns[Math.min(columns.length - 1, column + neighbours)]
        };
    }
}
