package org.thalweg.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The points of an axis from coarse to fine, each level with the points of the one before and one more in each gap.
 * Unlike {@link Axis#levels()} they need no common divisors: gaps of a level differ by a point at most where the axis
 * has no even halves, so 51 points come as 7, 13, 25, 49, 51.
 */
final class NestedKnots {

    /** Gaps of the coarsest level, about: fewer say too little of a surface to predict from. */
    private static final int COARSEST = 6;

    private NestedKnots() {}

    /** The first, the last and, where the axis has it, the point 0: the fewest that make a surface. */
    static int[] ends(Axis axis) {
        NavigableSet<Integer> ends = new TreeSet<>(List.of(0, axis.points() - 1));
        axis.zero().ifPresent(ends::add);
        return array(ends);
    }

    /** Indices of the points of each level, ascending; the last level has all. */
    static List<int[]> of(Axis axis) {
        int halvings = 0;
        while (axis.points() - 1 >= COARSEST << (halvings + 1)) {
            halvings++;
        }
        NavigableSet<Integer> knots = new TreeSet<>();
        int[] ends = ends(axis);
        for (int i = 0; i + 1 < ends.length; i++) {
            int steps = ends[i + 1] - ends[i];
            int gaps = Math.max(1, (int) Math.round(steps / (double) (1 << halvings)));
            for (int gap = 0; gap <= gaps; gap++) {
                knots.add(ends[i] + (int) Math.round((double) gap * steps / gaps));
            }
        }
        List<int[]> levels = new ArrayList<>(List.of(array(knots)));
        while (knots.size() < axis.points()) {
            int[] last = array(knots);
            for (int i = 0; i + 1 < last.length; i++) {
                knots.add((last[i] + last[i + 1]) / 2);
            }
            levels.add(array(knots));
        }
        return levels;
    }

    private static int[] array(NavigableSet<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
