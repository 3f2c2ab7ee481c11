package org.thalweg.frame;

import java.util.OptionalDouble;

/**
 * How far the points of a surface that were interpolated instead of computed may be off. An error is the estimated
 * largest deviation of an interpolated point from its true value, as a share of the range of the computed values:
 * losses that are all positive in their logarithm, as they are drawn, everything else as it is. Immutable.
 *
 * @param tolerance the requested largest error of losses
 * @param loss error of the loss on the training probe
 * @param accuracy error of the accuracy on the training probe; empty for regression
 * @param validationLoss error of the loss on the validation probe; empty without one
 * @param validationAccuracy error of the accuracy on the validation probe; empty for regression or without a probe
 * @since 0.2.0
 */
public record SurfaceInterpolation(
        double tolerance,
        double loss,
        OptionalDouble accuracy,
        OptionalDouble validationLoss,
        OptionalDouble validationAccuracy) {

    /** @throws IllegalArgumentException if the tolerance is not in (0, 1), or an error is negative or NaN */
    public SurfaceInterpolation {
        requireTolerance(tolerance);
        requireError("loss", loss);
        accuracy.ifPresent(error -> requireError("accuracy", error));
        validationLoss.ifPresent(error -> requireError("validation loss", error));
        validationAccuracy.ifPresent(error -> requireError("validation accuracy", error));
    }

    /**
     * Checks a tolerance.
     *
     * @return the tolerance
     * @throws IllegalArgumentException if it is not in (0, 1)
     */
    public static double requireTolerance(double tolerance) {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "the tolerance must be a share of the drawn range, above 0 and below 1, got " + tolerance);
        }
        return tolerance;
    }

    private static void requireError(String of, double error) {
        if (!(error >= 0)) {
            throw new IllegalArgumentException("the error of the " + of + " must not be negative, got " + error);
        }
    }
}
