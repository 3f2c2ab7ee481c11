package org.thalweg.surface;

import java.util.Optional;

/**
 * Values of an objective along a line, filled point by point. Points that were not computed are NaN. Arrays are
 * {@code [points]}, copies. Not thread-safe.
 */
public final class LossLine {

    private final Axis axis;
    private final Samples samples;

    private LossLine(Axis axis, Samples samples) {
        this.axis = axis;
        this.samples = samples;
    }

    /**
     * A line of which nothing was computed yet.
     *
     * @param validated whether it will have values on a validation probe
     */
    public static LossLine empty(Axis axis, boolean validated) {
        return new LossLine(axis, new Samples(axis.points(), validated));
    }

    /**
     * A line of which some was computed before, to go on with.
     *
     * @param evaluated which points were
     * @param loss on the training probe; what it holds where nothing was computed does not matter
     * @param accuracy percent on the training probe; empty for regression
     * @param validationLoss on the validation probe; empty without one
     * @param validationAccuracy percent on the validation probe; empty for regression or without a probe
     * @throws IllegalArgumentException if an array is not of the axis's length
     */
    public static LossLine of(
            Axis axis,
            boolean[] evaluated,
            double[] loss,
            Optional<double[]> accuracy,
            Optional<double[]> validationLoss,
            Optional<double[]> validationAccuracy) {
        if (evaluated.length != axis.points()) {
            throw new IllegalArgumentException(
                    "points of a line must be those of its axis, " + axis.points() + ", got " + evaluated.length);
        }
        return new LossLine(axis, Samples.of(evaluated, loss, accuracy, validationLoss, validationAccuracy));
    }

    public Axis axis() {
        return axis;
    }

    Samples samples() {
        return samples;
    }

    /** Whether every point was computed. */
    public boolean complete() {
        return samples.complete();
    }

    /** Number of points that were computed. */
    public int evaluatedPoints() {
        return samples.count();
    }

    /** Which points were computed. */
    public boolean[] evaluated() {
        return samples.evaluated();
    }

    /** Loss on the training probe. */
    public double[] loss() {
        return samples.loss();
    }

    /** Percent correct on the training probe; empty for regression. */
    public Optional<double[]> accuracy() {
        return samples.accuracy();
    }

    /** Loss on the validation probe; empty without one. */
    public Optional<double[]> validationLoss() {
        return samples.validationLoss();
    }

    /** Percent correct on the validation probe; empty for regression or without a probe. */
    public Optional<double[]> validationAccuracy() {
        return samples.validationAccuracy();
    }
}
