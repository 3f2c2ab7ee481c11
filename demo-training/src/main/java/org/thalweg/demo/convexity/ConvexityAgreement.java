package org.thalweg.demo.convexity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.thalweg.demo.SurfaceRoughness;
import org.thalweg.frame.ConvexityValues;

/**
 * What the eye sees of a surface beside what the Hessian's spectrum says of the same points. Immutable.
 *
 * @param convex |lambda_min / lambda_max| of points at which the surface is convex on the plane, ascending
 * @param notConvex the same where it bends down
 */
public record ConvexityAgreement(List<Double> convex, List<Double> notConvex) {

    /**
     * Sorts the points of a convexity map that are within the surface.
     *
     * @param shape of the surface
     * @param map on points of its grid
     */
    static ConvexityAgreement of(SurfaceRoughness shape, ConvexityValues map) {
        boolean[][] evaluated = map.evaluated();
        double[][] ratio = map.ratio();
        List<Double> convex = new ArrayList<>();
        List<Double> notConvex = new ArrayList<>();
        for (int row = 1; row < ratio.length - 1; row++) {
            for (int column = 1; column < ratio[row].length - 1; column++) {
                if (evaluated[row][column] && Double.isFinite(ratio[row][column])) {
                    (shape.isConvex(row, column) ? convex : notConvex).add(ratio[row][column]);
                }
            }
        }
        Collections.sort(convex);
        Collections.sort(notConvex);
        return new ConvexityAgreement(convex, notConvex);
    }

    /** The ratio in the middle of those of points that look convex; NaN where there are none. */
    public double medianConvex() {
        return median(convex);
    }

    /** The same of those that do not. */
    public double medianNotConvex() {
        return median(notConvex);
    }

    /** The value in the middle; NaN where there is none. */
    static double median(List<Double> sorted) {
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
