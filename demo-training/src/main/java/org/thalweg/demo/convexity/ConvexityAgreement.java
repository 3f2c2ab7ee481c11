package org.thalweg.demo.convexity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.topology.SurfaceRoughness;

/**
 * Compares a surface's visible convexity with the Hessian's spectrum at the same points. Immutable.
 *
 * @param convex |lambda_min / lambda_max| at points where the surface is convex on the plane, ascending
 * @param notConvex the same at all other points
 */
public record ConvexityAgreement(List<Double> convex, List<Double> notConvex) {

    /**
     * Splits the inner points of a convexity map by whether the surface is convex there.
     *
     * @param shape roughness of the surface
     * @param map eigenvalues on points of its grid
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

    /** Median ratio of points that look convex; NaN if there are none. */
    public double medianConvex() {
        return median(convex);
    }

    /** Median ratio of the other points; NaN if there are none. */
    public double medianNotConvex() {
        return median(notConvex);
    }

    /** The median; NaN if there is none. */
    static double median(List<Double> sorted) {
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
