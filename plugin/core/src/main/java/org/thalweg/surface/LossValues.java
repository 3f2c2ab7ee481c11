package org.thalweg.surface;

import java.util.Optional;

/**
 * The common part of lines and surfaces: values at points that are computed one by one.
 *
 * @param <V> shape of the values, {@code double[]} or {@code double[][]}
 */
abstract sealed class LossValues<V> permits LossLine, LossSurface {

    private final Samples samples;

    LossValues(Samples samples) {
        this.samples = samples;
    }

    final Samples samples() {
        return samples;
    }

    /** Values by the number of the point, in the shape of the line or surface. */
    abstract V shaped(double[] values);

    /** Whether every point was computed, or interpolated as well as was asked. */
    public final boolean complete() {
        return samples.complete();
    }

    /** Number of points that were computed. */
    public final int evaluatedPoints() {
        return samples.count();
    }

    /** Loss on the training probe. */
    public final V loss() {
        return shaped(samples.loss());
    }

    /** Percent correct on the training probe; empty for regression. */
    public final Optional<V> accuracy() {
        return samples.accuracy().map(this::shaped);
    }

    /** Loss on the validation probe; empty without one. */
    public final Optional<V> validationLoss() {
        return samples.validationLoss().map(this::shaped);
    }

    /** Percent correct on the validation probe; empty for regression or without a probe. */
    public final Optional<V> validationAccuracy() {
        return samples.validationAccuracy().map(this::shaped);
    }
}
