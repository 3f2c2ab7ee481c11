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

    /** The same if the previous frame had changed. */
    static final double SHARPNESS_JUMP_LEFT = 1.4;

    /** Smallest reported change of lambda_max since the first frame. */
    static final double SHARPNESS_TREND = 2;

    /** The same if the previous frame had changed. */
    static final double SHARPNESS_TREND_LEFT = 1.8;

    /** -lambda_min / lambda_max from which a point counts as a saddle. */
    static final double NEGATIVE_CURVATURE = 0.1;

    /** The same if the previous frame was one. */
    static final double NEGATIVE_CURVATURE_LEFT = 0.08;

    /** The same ratio below which there is practically no negative curvature. */
    static final double CONVEX = 0.01;

    /** The same if the previous frame had none. */
    static final double CONVEX_LEFT = 0.0125;

    /** Rise of a loss above its lowest in earlier frames. */
    static final double LOSS_RISE = 0.2;

    /** The same if the previous frame had risen as far. */
    static final double LOSS_RISE_LEFT = 0.15;

    /** Share of the validation loss at the minimizer by which another point of the surface is lower. */
    static final double VALLEYS = 0.05;

    /** The same if the previous frame had it. */
    static final double VALLEYS_LEFT = 0.04;

    /** 95 % bar of lambda_max relative to itself from which a probe is too small. */
    static final double UNCERTAIN = 0.5;

    /** The same if the previous frame's was too small. */
    static final double UNCERTAIN_LEFT = 0.4;

    /** Curvature on validation examples relative to lambda_max below which its direction belongs to the probe. */
    static final double FITTED = 0.5;

    /** The same if the previous frame's did. */
    static final double FITTED_LEFT = 0.6;

    /** Most that a gradient step gains at the start, relative to the loss, below which the start is flat. */
    static final double FLAT_START = 0.005;

    /** Curvature of a layer relative to the largest of all layers below which it is dead: rounding. */
    static final double DEAD = 1e-7;

    /** The same if the previous frame had a dead layer. */
    static final double DEAD_LEFT = 1.25e-7;

    /** Factor between noise scale and batch size, in either direction, from which it is reported. */
    static final double NOISE = 10;

    /** The same if the previous frame had it. */
    static final double NOISE_LEFT = 7;

    /** Critical step below which steps are too long. */
    static final double LONG_STEP = 0.5;

    /** The same if the previous frame's was. */
    static final double LONG_STEP_LEFT = 0.6;

    /** Critical step above which steps are short. */
    static final double SHORT_STEP = 50;

    /** The same if the previous frame's was. */
    static final double SHORT_STEP_LEFT = 40;

    /** Factor by which a number that leaves its course has changed since, in either direction. */
    static final double DEPARTURE = 1.5;

    /** Preconditioned curvature along the gradient, in units of the stability limit, above which loss spikes follow. */
    static final double SPIKE = 1;

    /** The same if the previous frame's was above. */
    static final double SPIKE_LEFT = 0.95;

    /** Share of the loss at the minimizer by which a reported point of the surface is lower. */
    static final double LOWER_GROUND = 0.05;

    /** The same if the previous frame had such a point. */
    static final double LOWER_GROUND_LEFT = 0.04;

    /** Range of the losses on a surface divided by the loss at the minimizer, below which the surface is flat. */
    static final double FLAT = 0.01;

    /** The same if the previous surface was flat. */
    static final double FLAT_LEFT = 0.0125;

    /** Error of linear interpolation between points divided by the surface's range, from which a grid is coarse. */
    static final double COARSE = 0.05;

    /** The same if the previous grid was coarse. */
    static final double COARSE_LEFT = 0.04;

    /** Points along an axis below which a surface's error cannot be estimated. */
    static final int FEW_POINTS = 5;

    /** Relative asymmetry of Hessian-vector products from which they are unreliable. */
    static final double ASYMMETRY = 1e-3;

    /** The same if those of the previous frame were. */
    static final double ASYMMETRY_LEFT = 8e-4;

    /** Minima of a surface from which it is reported as rugged. */
    static final int HOLLOWS = 2;

    private Thresholds() {}
}
