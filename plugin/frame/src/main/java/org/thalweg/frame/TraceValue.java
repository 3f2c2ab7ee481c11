package org.thalweg.frame;

import java.util.OptionalDouble;

/**
 * An estimated trace with its error. Immutable.
 *
 * @param value unbiased estimate
 * @param standardError standard error, from the spread of the random samples
 * @param estimator {@code hutch++} or {@code hutchinson}
 * @param samples number of random samples
 * @param products Hessian-vector products taken
 * @param samplingError standard error from the choice of the probe's examples; absent if not computed
 * @since 0.2.0
 */
public record TraceValue(
        double value,
        double standardError,
        String estimator,
        int samples,
        long products,
        OptionalDouble samplingError) {

    /** A trace whose sampling error is not known. */
    public TraceValue(double value, double standardError, String estimator, int samples, long products) {
        this(value, standardError, estimator, samples, products, OptionalDouble.empty());
    }

    /** The larger 95 % bar: twice the estimator's standard error, or that of the choice of examples. */
    public double bar() {
        return Math.max(2 * standardError, samplingError.isPresent() ? SamplingBar.of(samplingError.getAsDouble()) : 0);
    }
}
