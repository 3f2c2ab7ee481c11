package org.thalweg.surface;

import java.util.Arrays;
import java.util.Optional;
import org.thalweg.objective.ObjectiveValue;

/**
 * Values of an objective on a grid, filled point by point; row = beta (direction eta), column = alpha (direction
 * delta). Points that were not computed are NaN. Not thread-safe.
 */
public final class LossSurface {

    private final Grid grid;
    private final boolean[][] evaluated;
    private final double[][] loss;
    private final double[][] accuracy;
    private final double[][] validationLoss;
    private final double[][] validationAccuracy;
    private final boolean validated;
    private int points;

    LossSurface(Grid grid, boolean validated) {
        this.grid = grid;
        this.validated = validated;
        this.evaluated = new boolean[grid.points()][grid.points()];
        this.loss = empty(grid.points());
        this.accuracy = empty(grid.points());
        this.validationLoss = empty(grid.points());
        this.validationAccuracy = empty(grid.points());
    }

    void set(int[] point, ObjectiveValue train, Optional<ObjectiveValue> validation) {
        int row = point[0];
        int column = point[1];
        points += evaluated[row][column] ? 0 : 1;
        evaluated[row][column] = true;
        loss[row][column] = train.loss();
        accuracy[row][column] = train.accuracyOrNaN();
        validation.ifPresent(value -> {
            validationLoss[row][column] = value.loss();
            validationAccuracy[row][column] = value.accuracyOrNaN();
        });
    }

    public Grid grid() {
        return grid;
    }

    /** Whether every point of the grid was computed. */
    public boolean complete() {
        return points == grid.size();
    }

    /** Which points were computed, {@code [points][points]}. */
    public boolean[][] evaluated() {
        return Arrays.stream(evaluated).map(boolean[]::clone).toArray(boolean[][]::new);
    }

    /** Loss on the training probe, {@code [points][points]}. */
    public double[][] loss() {
        return copy(loss);
    }

    /** Percent correct on the training probe; empty for regression. */
    public Optional<double[][]> accuracy() {
        return unlessEmpty(accuracy);
    }

    /** Loss on the validation probe; empty without one. */
    public Optional<double[][]> validationLoss() {
        return validated ? Optional.of(copy(validationLoss)) : Optional.empty();
    }

    /** Percent correct on the validation probe; empty for regression or without a probe. */
    public Optional<double[][]> validationAccuracy() {
        return unlessEmpty(validationAccuracy);
    }

    /** The value at the parameters themselves. */
    public ObjectiveValue center() {
        return value(loss, accuracy);
    }

    /** The validation probe's value at the parameters themselves; NaN without a probe. */
    public ObjectiveValue validationCenter() {
        return value(validationLoss, validationAccuracy);
    }

    private ObjectiveValue value(double[][] losses, double[][] accuracies) {
        int c = grid.center();
        double correct = accuracies[c][c];
        return Double.isNaN(correct) ? ObjectiveValue.of(losses[c][c]) : ObjectiveValue.of(losses[c][c], correct);
    }

    private static Optional<double[][]> unlessEmpty(double[][] values) {
        boolean empty = Arrays.stream(values).flatMapToDouble(Arrays::stream).allMatch(Double::isNaN);
        return empty ? Optional.empty() : Optional.of(copy(values));
    }

    private static double[][] empty(int points) {
        double[][] values = new double[points][points];
        for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
        }
        return values;
    }

    private static double[][] copy(double[][] values) {
        return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    }
}
