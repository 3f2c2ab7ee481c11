package org.thalweg.surface;

import java.util.Arrays;
import java.util.Optional;
import org.thalweg.objective.ObjectiveValue;

/** Values of an objective at numbered points, filled point by point. Points that were not computed are NaN. */
final class Samples {

    private final boolean[] evaluated;
    private final double[] loss;
    private final double[] accuracy;
    private final double[] validationLoss;
    private final double[] validationAccuracy;
    private final boolean validated;

    /** @param validated whether there is a validation probe */
    Samples(int size, boolean validated) {
        this(new boolean[size], empty(size), empty(size), empty(size), empty(size), validated);
    }

    private Samples(
            boolean[] evaluated,
            double[] loss,
            double[] accuracy,
            double[] validationLoss,
            double[] validationAccuracy,
            boolean validated) {
        this.evaluated = evaluated;
        this.loss = loss;
        this.accuracy = accuracy;
        this.validationLoss = validationLoss;
        this.validationAccuracy = validationAccuracy;
        this.validated = validated;
    }

    /**
     * Known values, copied.
     *
     * @throws IllegalArgumentException if an array has another length
     */
    static Samples of(
            boolean[] evaluated,
            double[] loss,
            Optional<double[]> accuracy,
            Optional<double[]> validationLoss,
            Optional<double[]> validationAccuracy) {
        int size = evaluated.length;
        return new Samples(
                evaluated.clone(),
                copy("loss", loss, size),
                accuracy.map(values -> copy("accuracy", values, size)).orElseGet(() -> empty(size)),
                validationLoss
                        .map(values -> copy("validation loss", values, size))
                        .orElseGet(() -> empty(size)),
                validationAccuracy
                        .map(values -> copy("validation accuracy", values, size))
                        .orElseGet(() -> empty(size)),
                validationLoss.isPresent());
    }

    void set(int point, ObjectiveValue train, Optional<ObjectiveValue> validation) {
        evaluated[point] = true;
        loss[point] = train.loss();
        accuracy[point] = train.accuracyOrNaN();
        validation.ifPresent(value -> {
            validationLoss[point] = value.loss();
            validationAccuracy[point] = value.accuracyOrNaN();
        });
    }

    boolean has(int point) {
        return evaluated[point];
    }

    /** Number of points that were computed. */
    int count() {
        int count = 0;
        for (boolean point : evaluated) {
            count += point ? 1 : 0;
        }
        return count;
    }

    boolean complete() {
        return count() == evaluated.length;
    }

    /** Checks that it is continued with the same probes. */
    void requireValidated(boolean available) {
        if (validated != available) {
            throw new IllegalArgumentException("values " + (validated ? "with" : "without")
                    + " those on a validation probe cannot be continued " + (available ? "with" : "without")
                    + " a validation probe");
        }
    }

    boolean[] evaluated() {
        return evaluated.clone();
    }

    double[] loss() {
        return loss.clone();
    }

    /** Empty for regression. */
    Optional<double[]> accuracy() {
        return unlessEmpty(accuracy);
    }

    /** Empty without a validation probe. */
    Optional<double[]> validationLoss() {
        return validated ? Optional.of(validationLoss.clone()) : Optional.empty();
    }

    /** Empty for regression or without a validation probe. */
    Optional<double[]> validationAccuracy() {
        return unlessEmpty(validationAccuracy);
    }

    ObjectiveValue train(int point) {
        return value(loss[point], accuracy[point]);
    }

    ObjectiveValue validation(int point) {
        return value(validationLoss[point], validationAccuracy[point]);
    }

    private static ObjectiveValue value(double loss, double accuracy) {
        return Double.isNaN(accuracy) ? ObjectiveValue.of(loss) : ObjectiveValue.of(loss, accuracy);
    }

    private static Optional<double[]> unlessEmpty(double[] values) {
        return Arrays.stream(values).allMatch(Double::isNaN) ? Optional.empty() : Optional.of(values.clone());
    }

    private static double[] empty(int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static double[] copy(String what, double[] values, int size) {
        if (values.length != size) {
            throw new IllegalArgumentException(what + " must have a value a point, " + size + ", got " + values.length);
        }
        return values.clone();
    }
}
