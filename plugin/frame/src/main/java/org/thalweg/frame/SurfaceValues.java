package org.thalweg.frame;

import java.util.Arrays;
import java.util.Optional;

/**
 * Values on a grid around the parameters, row = beta (direction eta), column = alpha (direction delta). Points are
 * evaluated, or interpolated between those, or unknown; {@link #computed()} has the evaluated ones alone. Immutable;
 * accessors copy.
 *
 * @param alpha coordinates along delta, {@code [nx]}, ascending
 * @param beta coordinates along eta, {@code [ny]}, ascending
 * @param evaluated which points were evaluated, {@code [ny][nx]}; the others are interpolated, or NaN if
 *     {@code interpolation} is empty
 * @param loss on the training probe, {@code [ny][nx]}; non-finite values are recorded as they are
 * @param accuracy percent on the training probe, {@code [ny][nx]}; empty for regression
 * @param validationLoss on the validation probe, {@code [ny][nx]}; empty without one
 * @param validationAccuracy percent on the validation probe, {@code [ny][nx]}; empty for regression or without a probe
 * @param interpolation how far the interpolated points may be off; empty if there are none
 * @since 0.2.0
 */
public record SurfaceValues(
        double[] alpha,
        double[] beta,
        boolean[][] evaluated,
        double[][] loss,
        Optional<double[][]> accuracy,
        Optional<double[][]> validationLoss,
        Optional<double[][]> validationAccuracy,
        Optional<SurfaceInterpolation> interpolation) {

    /** @throws IllegalArgumentException if an array does not have the shape of the coordinates */
    public SurfaceValues {
        alpha = Coordinates.checked("alpha", alpha);
        beta = Coordinates.checked("beta", beta);
        evaluated = Arrays.stream(evaluated).map(boolean[]::clone).toArray(boolean[][]::new);
        loss = checked("loss", loss, alpha.length, beta.length);
        int nx = alpha.length;
        int ny = beta.length;
        accuracy = accuracy.map(values -> checked("accuracy", values, nx, ny));
        validationLoss = validationLoss.map(values -> checked("validation loss", values, nx, ny));
        validationAccuracy = validationAccuracy.map(values -> checked("validation accuracy", values, nx, ny));
        if (evaluated.length != ny || Arrays.stream(evaluated).anyMatch(row -> row.length != nx)) {
            throw new IllegalArgumentException("evaluated must be [" + ny + "][" + nx + "]");
        }
    }

    /** A surface without interpolated points. */
    public SurfaceValues(
            double[] alpha,
            double[] beta,
            boolean[][] evaluated,
            double[][] loss,
            Optional<double[][]> accuracy,
            Optional<double[][]> validationLoss,
            Optional<double[][]> validationAccuracy) {
        this(alpha, beta, evaluated, loss, accuracy, validationLoss, validationAccuracy, Optional.empty());
    }

    @Override
    public double[] alpha() {
        return alpha.clone();
    }

    @Override
    public double[] beta() {
        return beta.clone();
    }

    @Override
    public boolean[][] evaluated() {
        return Arrays.stream(evaluated).map(boolean[]::clone).toArray(boolean[][]::new);
    }

    @Override
    public double[][] loss() {
        return copy(loss);
    }

    @Override
    public Optional<double[][]> accuracy() {
        return accuracy.map(SurfaceValues::copy);
    }

    @Override
    public Optional<double[][]> validationLoss() {
        return validationLoss.map(SurfaceValues::copy);
    }

    @Override
    public Optional<double[][]> validationAccuracy() {
        return validationAccuracy.map(SurfaceValues::copy);
    }

    /** Number of evaluated points. */
    public int evaluatedPoints() {
        int points = 0;
        for (boolean[] row : evaluated) {
            for (boolean point : row) {
                points += point ? 1 : 0;
            }
        }
        return points;
    }

    /** Which points have values, evaluated or interpolated, {@code [ny][nx]}. */
    public boolean[][] known() {
        boolean[][] known = evaluated();
        if (interpolation.isPresent()) {
            Arrays.stream(known).forEach(row -> Arrays.fill(row, true));
        }
        return known;
    }

    /** The evaluated points alone, with NaN at all others. */
    public SurfaceValues computed() {
        return new SurfaceValues(
                alpha,
                beta,
                evaluated,
                masked(loss),
                accuracy.map(this::masked),
                validationLoss.map(this::masked),
                validationAccuracy.map(this::masked));
    }

    private double[][] masked(double[][] values) {
        double[][] masked = copy(values);
        for (int row = 0; row < masked.length; row++) {
            for (int column = 0; column < masked[row].length; column++) {
                masked[row][column] = evaluated[row][column] ? masked[row][column] : Double.NaN;
            }
        }
        return masked;
    }

    private static double[][] checked(String what, double[][] values, int nx, int ny) {
        if (values.length != ny || Arrays.stream(values).anyMatch(row -> row.length != nx)) {
            throw new IllegalArgumentException(what + " must be [" + ny + "][" + nx + "], one row for each beta");
        }
        return copy(values);
    }

    private static double[][] copy(double[][] values) {
        return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    }
}
