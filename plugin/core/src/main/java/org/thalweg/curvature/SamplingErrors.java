package org.thalweg.curvature;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Standard errors of a frame's curvature from the choice of the probe's examples.
 *
 * @param eigenvalues one for each eigenvalue of the report, the largest first; NaN without an eigenvector
 * @param trace of the trace; empty without one
 * @param products Hessian-vector products taken
 * @since 0.2.0
 */
public record SamplingErrors(double[] eigenvalues, OptionalDouble trace, long products) {

    public SamplingErrors {
        eigenvalues = eigenvalues.clone();
    }

    @Override
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** The standard error of the mean of independent values: their standard deviation over the root of their number. */
    public static double standardError(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
