package org.thalweg.frame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Builds a frame from named parts, and decides in one place whether training has diverged. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class FrameBuilder {

    private final long iteration;
    private final int epoch;
    private final Map<String, Double> quantities = new HashMap<>();
    private double loss = Double.NaN;
    private OptionalDouble accuracy = OptionalDouble.empty();
    private OptionalDouble validationLoss = OptionalDouble.empty();
    private OptionalDouble validationAccuracy = OptionalDouble.empty();
    private String objective = "";
    private @Nullable SurfaceValues surface;
    private @Nullable CurvatureValues curvature;
    private Map<String, Double> seconds = Map.of();
    private List<Finding> findings = List.of();
    private List<NamedArray> directions = List.of();
    private List<NamedArray> weights = List.of();
    private Frame.Status status = Frame.Status.COMPLETE;

    FrameBuilder(long iteration, int epoch) {
        this.iteration = iteration;
        this.epoch = epoch;
    }

    FrameBuilder(Frame frame) {
        this(frame.iteration(), frame.epoch());
        loss(frame.loss(), frame.accuracy());
        validationLoss = frame.validationLoss();
        validationAccuracy = frame.validationAccuracy();
        objective = frame.objective();
        surface = frame.surface();
        curvature = frame.curvature();
        quantities.putAll(frame.quantities());
        seconds = frame.seconds();
        findings = frame.findings();
        directions = frame.directions();
        weights = frame.weights();
        status = frame.status();
    }

    /**
     * The value at the parameters, on the training probe.
     *
     * @param accuracy percent, absent for regression
     */
    public FrameBuilder loss(double loss, OptionalDouble accuracy) {
        this.loss = loss;
        this.accuracy = accuracy;
        return this;
    }

    /** The same on the validation probe; without this call, a frame has no validation values. */
    public FrameBuilder validationLoss(double loss, OptionalDouble accuracy) {
        this.validationLoss = OptionalDouble.of(loss);
        this.validationAccuracy = accuracy;
        return this;
    }

    /** Name of the measured objective. */
    public FrameBuilder objective(String name) {
        this.objective = name;
        return this;
    }

    /** The loss surface around the parameters. Required. */
    public FrameBuilder surface(SurfaceValues surface) {
        this.surface = surface;
        return this;
    }

    /** The curvature at the parameters, or the reason for its absence. Required. */
    public FrameBuilder curvature(CurvatureValues curvature) {
        this.curvature = curvature;
        return this;
    }

    /** Adds scalars by name. */
    public FrameBuilder quantities(Map<String, Double> further) {
        quantities.putAll(further);
        return this;
    }

    /** Wall time by stage, and {@code total}. */
    public FrameBuilder seconds(Map<String, Double> seconds) {
        this.seconds = seconds;
        return this;
    }

    /** What the frame means, the most severe first. */
    public FrameBuilder findings(List<Finding> findings) {
        this.findings = findings;
        return this;
    }

    /** The directions as used. */
    public FrameBuilder directions(List<NamedArray> directions) {
        this.directions = directions;
        return this;
    }

    /** The network's parameters. */
    public FrameBuilder weights(List<NamedArray> weights) {
        this.weights = weights;
        return this;
    }

    /** A recorded status. */
    public FrameBuilder status(Frame.Status status) {
        this.status = status;
        return this;
    }

    /**
     * The status of a computed frame: diverged where the parameters or the loss are not finite, otherwise complete or
     * partial.
     *
     * @param finiteParameters whether all parameters are finite: a ReLU may turn a NaN among them into a zero, so a
     *     finite loss alone proves nothing
     * @param complete whether everything requested was computed
     */
    public FrameBuilder status(boolean finiteParameters, boolean complete) {
        if (!finiteParameters || !Double.isFinite(loss)) {
            return status(Frame.Status.DIVERGED);
        }
        return status(complete ? Frame.Status.COMPLETE : Frame.Status.PARTIAL);
    }

    /**
     * The frame.
     *
     * @throws IllegalStateException if it has no surface or no curvature
     */
    public Frame build() {
        if (surface == null || curvature == null) {
            throw new IllegalStateException("a frame needs a surface and a curvature, got " + surface + " and "
                    + curvature + " at iteration " + iteration);
        }
        return new Frame(
                iteration,
                epoch,
                status,
                loss,
                accuracy,
                validationLoss,
                validationAccuracy,
                objective,
                surface,
                curvature,
                quantities,
                seconds,
                findings,
                directions,
                weights);
    }
}
