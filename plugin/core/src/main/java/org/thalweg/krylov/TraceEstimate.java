package org.thalweg.krylov;

/**
 * A trace with its error.
 *
 * @param value unbiased estimate of tr(H)
 * @param standardError standard error of the random part, from the spread of its samples
 * @param samples number of random vectors in the random part
 * @param products operator-vector products taken
 * @since 0.2.0
 */
public record TraceEstimate(double value, double standardError, int samples, int products) {

    /** The mean of quadratic forms, one random vector and one product for each. */
    public static TraceEstimate mean(double[] forms) {
        Moments moments = Moments.of(forms);
        return new TraceEstimate(moments.mean(), moments.standardError(), forms.length, forms.length);
    }
}
