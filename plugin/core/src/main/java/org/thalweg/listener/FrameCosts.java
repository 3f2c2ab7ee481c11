package org.thalweg.listener;

import java.util.HashSet;
import java.util.Set;
import org.thalweg.analysis.AnalysisCost;
import org.thalweg.analysis.Effort;
import org.thalweg.frame.Frame;
import org.thalweg.surface.Grid;

/** What frames cost, learned from those that were made. Not thread-safe. */
final class FrameCosts {

    /** What is left of an estimate with each frame that does not renew it: a single slow frame is not for ever. */
    private static final double FADING = 0.8;

    private final int[] points;
    private int products;
    private AnalysisCost cost = AnalysisCost.UNKNOWN;
    private boolean measured;

    /** Strides that have been used before: the first frame of another one takes the time to compile it. */
    private final Set<Integer> strides = new HashSet<>(Set.of(1));

    /**
     * @param grid of the surface
     * @param products Hessian-vector products that a frame is expected to take, until one has; 0 without eigenvalues
     */
    FrameCosts(Grid grid, int products) {
        this.products = products;
        this.points = grid.levels().stream().mapToInt(level -> level.size()).toArray();
        for (int level = 1; level < points.length; level++) {
            points[level] += points[level - 1];
        }
    }

    /** Knows what is expected before the first frame that is learned from. */
    void expect(AnalysisCost expected) {
        cost = expected;
    }

    /** The number of the finest level of the grid. */
    int finest() {
        return points.length - 1;
    }

    /** Points a side of the grid at a level; of one that is no square, the root of their number. */
    int side(int level) {
        return (int) Math.round(Math.sqrt(points[Math.min(level, finest())]));
    }

    /** Expected seconds of a frame. */
    double of(Effort effort) {
        return cost.other()
                + ofSurface(points[Math.min(effort.level(), finest())], effort)
                + Math.min(effort.products(), products) * cost.product();
    }

    private double ofSurface(int points, Effort effort) {
        return cost.ofSurface((double) points / effort.stride());
    }

    /** How many products fit into some seconds. */
    int productsWithin(double seconds) {
        return cost.product() == 0 ? products : (int) Math.min(products, Math.max(0, seconds / cost.product()));
    }

    /**
     * Learns from a frame.
     *
     * @param seconds wall time of all of it, with handing it on
     */
    void learn(Effort effort, Frame frame, double seconds) {
        double surface = frame.seconds().getOrDefault("surface", 0.0);
        double curvature = frame.seconds().getOrDefault("curvature", 0.0);
        double expected = ofSurface(frame.surface().evaluatedPoints(), effort);
        boolean warm = !strides.add(effort.stride());
        double slower = warm && expected > 0 ? surface / expected : 1;
        long taken = frame.curvature().products();
        double product = cost.product() * (measured ? FADING : slower);
        if (taken > 0) {
            measured = true;
            product = curvature / taken;
            products = effort.fullCurvature() ? (int) Math.min(taken, Integer.MAX_VALUE) : products;
        }
        double other = Math.max(0, seconds - surface - curvature);
        cost = new AnalysisCost(slower * cost.setup(), slower * cost.point(), product, other);
    }
}
