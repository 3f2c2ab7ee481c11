package org.thalweg.frame;

import java.util.Optional;

/**
 * Values along a line through the parameters. Arrays are {@code [n]}; immutable, accessors copy.
 *
 * @param alpha coordinates along the direction, ascending
 * @param evaluated which points were evaluated; the others hold NaN
 * @param loss on the training probe; non-finite values are recorded as they are
 * @param accuracy percent on the training probe; empty for regression
 * @param validationLoss on the validation probe; empty without one
 * @param validationAccuracy percent on the validation probe; empty for regression or without a probe
 * @since 0.2.0
 */
public record LineValues(
        double[] alpha,
        boolean[] evaluated,
        double[] loss,
        Optional<double[]> accuracy,
        Optional<double[]> validationLoss,
        Optional<double[]> validationAccuracy) {

    public LineValues {
        alpha = Coordinates.checked("alpha", alpha);
        evaluated = evaluated.clone();
        int points = alpha.length;
        requireLength("evaluated", evaluated.length, points);
        loss = checked("loss", loss, points);
        accuracy = accuracy.map(values -> checked("accuracy", values, points));
        validationLoss = validationLoss.map(values -> checked("validation loss", values, points));
        validationAccuracy = validationAccuracy.map(values -> checked("validation accuracy", values, points));
    }

    @Override
    public double[] alpha() {
        return alpha.clone();
    }

    @Override
    public boolean[] evaluated() {
        return evaluated.clone();
    }

    @Override
    public double[] loss() {
        return loss.clone();
    }

    @Override
    public Optional<double[]> accuracy() {
        return accuracy.map(double[]::clone);
    }

    @Override
    public Optional<double[]> validationLoss() {
        return validationLoss.map(double[]::clone);
    }

    @Override
    public Optional<double[]> validationAccuracy() {
        return validationAccuracy.map(double[]::clone);
    }

    private static double[] checked(String what, double[] values, int points) {
        requireLength(what, values.length, points);
        return values.clone();
    }

    private static void requireLength(String what, int given, int points) {
        if (given != points) {
            throw new IllegalArgumentException(
                    what + " must have " + points + " values, one for each point, got " + given);
        }
    }
}
