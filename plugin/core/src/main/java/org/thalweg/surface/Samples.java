package org.thalweg.surface;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.objective.ObjectiveValue;

/**
 * Values of an objective at numbered points, filled point by point. Points that were not computed are interpolated if
 * {@link #interpolation()} says so, and NaN otherwise.
 */
final class Samples {

    /** What there is at a point. */
    enum SampledValue {
        LOSS,
        ACCURACY,
        VALIDATION_LOSS,
        VALIDATION_ACCURACY;

        boolean isLoss() {
            return this == LOSS || this == VALIDATION_LOSS;
        }
    }

    private final boolean[] evaluated;
    private final double[] loss;
    private final double[] accuracy;
    private final double[] validationLoss;
    private final double[] validationAccuracy;
    private final boolean validated;
    private Map<SampledValue, double[]> interpolated = Map.of();
    private @Nullable SurfaceInterpolation interpolation;
    private boolean settled;

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
                copy("loss", loss, evaluated),
                accuracy.map(values -> copy("accuracy", values, evaluated)).orElseGet(() -> empty(size)),
                validationLoss
                        .map(values -> copy("validation loss", values, evaluated))
                        .orElseGet(() -> empty(size)),
                validationAccuracy
                        .map(values -> copy("validation accuracy", values, evaluated))
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

    /** Whether every point was computed, or the others are interpolated as well as was asked. */
    boolean complete() {
        return settled || count() == evaluated.length;
    }

    /** The values that exist, with NaN at points that were not computed. */
    Map<SampledValue, double[]> computed() {
        Map<SampledValue, double[]> computed = new EnumMap<>(SampledValue.class);
        computed.put(SampledValue.LOSS, loss.clone());
        unlessEmpty(accuracy).ifPresent(values -> computed.put(SampledValue.ACCURACY, values));
        if (validated) {
            computed.put(SampledValue.VALIDATION_LOSS, validationLoss.clone());
        }
        unlessEmpty(validationAccuracy).ifPresent(values -> computed.put(SampledValue.VALIDATION_ACCURACY, values));
        return computed;
    }

    /**
     * Interpolates the points that were not computed.
     *
     * @param values at all points
     * @param errors how far they may be off
     * @param settles whether they are good enough
     */
    void interpolate(Map<SampledValue, double[]> values, SurfaceInterpolation errors, boolean settles) {
        interpolated = values;
        interpolation = errors;
        settled = settles;
    }

    /** Empty where no points are interpolated. */
    Optional<SurfaceInterpolation> interpolation() {
        return count() == evaluated.length ? Optional.empty() : Optional.ofNullable(interpolation);
    }

    private double[] filled(SampledValue name, double[] values) {
        double[] filled = values.clone();
        double[] between = interpolated.get(name);
        for (int point = 0; between != null && point < filled.length; point++) {
            filled[point] = evaluated[point] ? filled[point] : between[point];
        }
        return filled;
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
        return filled(SampledValue.LOSS, loss);
    }

    /** Empty for regression. */
    Optional<double[]> accuracy() {
        return unlessEmpty(filled(SampledValue.ACCURACY, accuracy));
    }

    /** Empty without a validation probe. */
    Optional<double[]> validationLoss() {
        return validated ? Optional.of(filled(SampledValue.VALIDATION_LOSS, validationLoss)) : Optional.empty();
    }

    /** Empty for regression or without a validation probe. */
    Optional<double[]> validationAccuracy() {
        return unlessEmpty(filled(SampledValue.VALIDATION_ACCURACY, validationAccuracy));
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

    /** What others interpolated is computed or interpolated again. */
    private static double[] copy(String what, double[] values, boolean[] evaluated) {
        if (values.length != evaluated.length) {
            throw new IllegalArgumentException(
                    what + " must have a value a point, " + evaluated.length + ", got " + values.length);
        }
        double[] copy = empty(values.length);
        for (int point = 0; point < copy.length; point++) {
            copy[point] = evaluated[point] ? values[point] : copy[point];
        }
        return copy;
    }
}
