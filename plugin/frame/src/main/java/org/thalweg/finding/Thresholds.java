package org.thalweg.finding;

/** All thresholds of findings. Ratios unless they say otherwise. */
final class Thresholds {

    /** Curvature over the stability limit from which training is at the edge: it hovers there, a little above and below. */
    static final double EDGE = 0.9;

    /** The same while the frame before was at the edge: one that hovers is not found anew with every frame. */
    static final double EDGE_LEFT = 0.8;

    /** Curvature over the stability limit from which steps overshoot for good. */
    static final double BEYOND_EDGE = 1.25;

    /** Change of lambda_max from one frame to the next that is worth a word. */
    static final double SHARPNESS_JUMP = 1.5;

    /** Change of lambda_max since the first frame that is worth a word. */
    static final double SHARPNESS_TREND = 2;

    /** -lambda_min over lambda_max from which negative curvature counts: as high, a point is a saddle. */
    static final double NEGATIVE_CURVATURE = 0.1;

    /** The same below which there is none to speak of. */
    static final double CONVEX = 0.01;

    /** Rise of a loss above its lowest in earlier frames. */
    static final double LOSS_RISE = 0.2;

    /** Share of the loss at the minimizer by which a point of the surface lies lower. */
    static final double LOWER_GROUND = 0.05;

    /** Range of the losses on a surface over the loss at the minimizer, below which it is flat. */
    static final double FLAT = 0.01;

    /** Error of linear interpolation between points over the surface's range from which a grid is coarse. */
    static final double COARSE = 0.05;

    /** Points along an axis below which a surface says nothing about its own error. */
    static final int FEW_POINTS = 5;

    /** Relative asymmetry of Hessian-vector products from which they are doubtful. */
    static final double ASYMMETRY = 1e-3;

    private Thresholds() {}
}
