package org.thalweg.listener;

import org.thalweg.analysis.Effort;
import org.thalweg.frame.Frame;
import org.thalweg.surface.Grid;

/** What frames cost, learned from those that were made. Not thread-safe. */
final class FrameCosts {

    /**
     * A product in points of a grid, before one was measured: forward and backward passes of values and tangents are six
     * forward passes, and unrolling and bookkeeping come on top.
     */
    private static final double PRODUCT_IN_POINTS = 8;

    /** What is left of an estimate with each frame that does not renew it: a single slow frame is not for ever. */
    private static final double FADING = 0.8;

    private final int[] points;
    private int products;
    private double secondsAPoint;
    private double secondsAProduct;
    private boolean measured;
    private double otherSeconds;

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
        return otherSeconds
                + points[Math.min(effort.level(), finest())] * secondsAPoint / effort.stride()
                + Math.min(effort.products(), products) * secondsAProduct;
    }

    /** How many products fit into some seconds. */
    int productsWithin(double seconds) {
        return secondsAProduct == 0 ? products : (int) Math.min(products, Math.max(0, seconds / secondsAProduct));
    }

    /**
     * Learns from a frame.
     *
     * @param seconds wall time of all of it, with handing it on
     */
    void learn(Effort effort, Frame frame, double seconds) {
        double surface = frame.seconds().getOrDefault("surface", 0.0);
        double curvature = frame.seconds().getOrDefault("curvature", 0.0);
        secondsAPoint = surface * effort.stride() / Math.max(1, frame.surface().evaluatedPoints());
        otherSeconds = Math.max(0, seconds - surface - curvature);
        long taken = frame.curvature().products();
        if (taken > 0) {
            measured = true;
            secondsAProduct = curvature / taken;
            products = effort.fullCurvature() ? (int) Math.min(taken, Integer.MAX_VALUE) : products;
        } else {
            secondsAProduct = measured ? FADING * secondsAProduct : PRODUCT_IN_POINTS * secondsAPoint;
        }
    }
}
