package org.thalweg.surface;

import java.util.Optional;

/**
 * Values of an objective along a line, filled point by point. Points that were not computed are NaN. Arrays are
 * {@code [points]}, copies. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class LossLine extends LossValues<double[]> {

    private final Axis axis;

    private LossLine(Axis axis, Samples samples) {
        super(samples);
        this.axis = axis;
    }

    /**
     * A line without any computed point.
     *
     * @param validated whether it will have values on a validation probe
     */
    public static LossLine empty(Axis axis, boolean validated) {
        return new LossLine(axis, new Samples(axis.points(), validated));
    }

    /**
     * A partly computed line, to be continued.
     *
     * @param evaluated which points are computed
     * @param loss on the training probe; entries of missing points are ignored
     * @param accuracy percent on the training probe; empty for regression
     * @param validationLoss on the validation probe; empty without one
     * @param validationAccuracy percent on the validation probe; empty for regression or without a probe
     * @throws IllegalArgumentException if an array does not have the axis's length
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

    /** Which points are computed. */
    public boolean[] evaluated() {
        return samples().evaluated();
    }

    @Override
    double[] shaped(double[] values) {
        return values;
    }
}
