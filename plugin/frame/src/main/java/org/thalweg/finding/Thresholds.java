package org.thalweg.finding;

/** All thresholds of findings; ratios unless stated otherwise. */
final class Thresholds {

    /**
     * Curvature divided by the stability limit from which training counts as at the edge: it hovers slightly above and
     * below 1.
     */
    static final double EDGE = 0.9;

    /** The same if the previous frame was at the edge, so that a hovering run is not reported again at every frame. */
    static final double EDGE_LEFT = 0.8;

    /** Curvature divided by the stability limit from which steps overshoot permanently. */
    static final double BEYOND_EDGE = 1.25;

    /** Smallest reported change of lambda_max from one frame to the next. */
    static final double SHARPNESS_JUMP = 1.5;

    /** Smallest reported change of lambda_max since the first frame. */
    static final double SHARPNESS_TREND = 2;

    /** -lambda_min / lambda_max from which a point counts as a saddle. */
    static final double NEGATIVE_CURVATURE = 0.1;

    /** The same ratio below which there is practically no negative curvature. */
    static final double CONVEX = 0.01;

    /** Rise of a loss above its lowest in earlier frames. */
    static final double LOSS_RISE = 0.2;

    /** Share of the loss at the minimizer by which a reported point of the surface is lower. */
    static final double LOWER_GROUND = 0.05;

    /** Range of the losses on a surface divided by the loss at the minimizer, below which the surface is flat. */
    static final double FLAT = 0.01;

    /** Error of linear interpolation between points divided by the surface's range, from which a grid is coarse. */
    static final double COARSE = 0.05;

    /** Points along an axis below which a surface's error cannot be estimated. */
    static final int FEW_POINTS = 5;

    /** Relative asymmetry of Hessian-vector products from which they are unreliable. */
    static final double ASYMMETRY = 1e-3;

    private Thresholds() {}
}
