package org.thalweg.finding;

/** All thresholds of findings; ratios unless stated otherwise. */
final class Thresholds {

    /**
     * Curvature divided by the stability limit from which training counts as at the edge: it hovers slightly above and
     * below 1.
     */
    static final Threshold EDGE = new Threshold(0.9, 0.8);

    /** Curvature divided by the stability limit from which steps overshoot permanently. */
    static final double BEYOND_EDGE = 1.25;

    /** Smallest reported change of lambda_max from one frame to the next. */
    static final Threshold SHARPNESS_JUMP = new Threshold(1.5, 1.4);

    /** Smallest reported change of lambda_max since the first frame. */
    static final Threshold SHARPNESS_TREND = new Threshold(2, 1.8);

    /** -lambda_min / lambda_max from which a point counts as a saddle. */
    static final Threshold NEGATIVE_CURVATURE = new Threshold(0.1, 0.08);

    /** The same ratio below which there is practically no negative curvature. */
    static final Threshold CONVEX = new Threshold(0.01, 0.0125);

    /** Rise of a loss above its lowest in earlier frames. */
    static final Threshold LOSS_RISE = new Threshold(0.2, 0.15);

    /** Share of the validation loss at the minimizer by which another point of the surface is lower. */
    static final Threshold VALLEYS = new Threshold(0.05, 0.04);

    /** 95 % bar of lambda_max relative to itself from which a probe is too small. */
    static final Threshold UNCERTAIN = new Threshold(0.5, 0.4);

    /** Curvature on validation examples relative to lambda_max below which its direction belongs to the probe. */
    static final Threshold FITTED = new Threshold(0.5, 0.6);

    /** Most that a gradient step gains at the start, relative to the loss, below which the start is flat. */
    static final double FLAT_START = 0.005;

    /**
     * Curvature of a layer relative to the largest of all layers below which the layer is dead: the level of rounding.
     */
    static final Threshold DEAD = new Threshold(1e-7, 1.25e-7);

    /** Factor between noise scale and batch size, in either direction, from which it is reported. */
    static final Threshold NOISE = new Threshold(10, 7);

    /** Critical step below which steps are too long. */
    static final Threshold LONG_STEP = new Threshold(0.5, 0.6);

    /** Critical step above which steps are short. */
    static final Threshold SHORT_STEP = new Threshold(50, 40);

    /** Factor by which a number that leaves its course has changed since, in either direction. */
    static final double DEPARTURE = 1.5;

    /** Preconditioned curvature along the gradient, in units of the stability limit, above which loss spikes follow. */
    static final Threshold SPIKE = new Threshold(1, 0.95);

    /** Share of the loss at the minimizer by which a reported point of the surface is lower. */
    static final Threshold LOWER_GROUND = new Threshold(0.05, 0.04);

    /** Range of the losses on a surface divided by the loss at the minimizer, below which the surface is flat. */
    static final Threshold FLAT = new Threshold(0.01, 0.0125);

    /** Error of linear interpolation between points divided by the surface's range, from which a grid is coarse. */
    static final Threshold COARSE = new Threshold(0.05, 0.04);

    /** Points along an axis below which a surface's error cannot be estimated. */
    static final int FEW_POINTS = 5;

    /** Relative asymmetry of Hessian-vector products from which they are unreliable. */
    static final Threshold ASYMMETRY = new Threshold(1e-3, 8e-4);

    /** Minima of a surface from which it is reported as rugged. */
    static final int HOLLOWS = 2;

    private Thresholds() {}
}
