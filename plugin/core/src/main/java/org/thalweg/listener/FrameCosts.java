package org.thalweg.listener;

import java.util.HashSet;
import java.util.Set;
import org.thalweg.analysis.AnalysisCost;
import org.thalweg.analysis.Effort;
import org.thalweg.frame.Frame;
import org.thalweg.surface.Grid;

/** Estimates the cost of frames from those already computed. Not thread-safe. */
final class FrameCosts {

    /**
     * The factor by which an estimate shrinks with each frame that does not measure it again, so that a single slow
     * frame is forgotten.
     */
    private static final double FADING = 0.8;

    private final int[] points;

    /** Points that the last whole surface needed: fewer than the grid has if the others were interpolated. */
    private int computed;

    private int products;
    private AnalysisCost cost = AnalysisCost.UNKNOWN;
    private boolean measured;

    /** Strides that have been used before. The first frame with a new stride also takes the time to compile. */
    private final Set<Integer> strides = new HashSet<>(Set.of(1));

    /**
     * @param grid of the surface
     * @param products Hessian-vector products that a frame is expected to take before the first one is computed; 0
     *     without eigenvalues
     */
    FrameCosts(Grid grid, int products) {
        this.products = products;
        this.points = grid.levels().stream().mapToInt(level -> level.size()).toArray();
        for (int level = 1; level < points.length; level++) {
            points[level] += points[level - 1];
        }
        computed = points[points.length - 1];
    }

    /** Sets the expected cost before the first measured frame. */
    void expect(AnalysisCost expected) {
        cost = expected;
    }

    /** The number of the finest level of the grid. */
    int finest() {
        return points.length - 1;
    }

    /** Points a side of the grid at a level; for a grid that is not square, the square root of the number of points. */
    int side(int level) {
        return (int) Math.round(Math.sqrt(points[Math.min(level, finest())]));
    }

    /** Expected seconds of a frame. */
    double of(Effort effort) {
        return cost.other()
                + ofSurface(effort.level() < finest() ? points[effort.level()] : computed, effort)
                + Math.min(effort.products(), products) * cost.product();
    }

    private double ofSurface(int points, Effort effort) {
        return cost.ofSurface((double) points / effort.stride());
    }

    /** Number of products that fit into a time in seconds. */
    int productsWithin(double seconds) {
        return cost.product() == 0 ? products : (int) Math.min(products, Math.max(0, seconds / cost.product()));
    }

    /**
     * Updates the estimates with a computed frame.
     *
     * @param seconds wall time of the whole frame, including the sinks
     */
    void learn(Effort effort, Frame frame, double seconds) {
        double surface = frame.seconds().getOrDefault("surface", 0.0);
        double curvature = frame.seconds().getOrDefault("curvature", 0.0);
        double expected = ofSurface(frame.surface().evaluatedPoints(), effort);
        if (frame.surface().interpolation().isPresent() && effort.level() >= finest()) {
            computed = frame.surface().evaluatedPoints();
        }
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
