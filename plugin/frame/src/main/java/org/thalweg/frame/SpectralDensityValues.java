package org.thalweg.frame;

/**
 * The distribution of the Hessian's eigenvalues: a density of total mass 1, smoothed by a Gaussian kernel, and its
 * moments before smoothing. Immutable; accessors copy.
 *
 * @param lambda grid, ascending, equidistant, {@code [g]}, g at least 2
 * @param value mean density over the cell around each grid value, {@code [g]}; times the spacing they sum to 1
 * @param kernelWidth standard deviation of the kernel, in units of lambda
 * @param probes number of random start vectors
 * @param steps Lanczos steps of each
 * @param mean mean eigenvalue, tr(H) / P
 * @param meanStandardError its standard error, from the spread over the probes
 * @param variance variance of the eigenvalues
 * @param varianceStandardError its standard error, from the spread over the probes
 * @param products Hessian-vector products taken
 * @since 0.2.0
 */
public record SpectralDensityValues(
        double[] lambda,
        double[] value,
        double kernelWidth,
        int probes,
        int steps,
        double mean,
        double meanStandardError,
        double variance,
        double varianceStandardError,
        long products) {

    public SpectralDensityValues {
        lambda = lambda.clone();
        value = value.clone();
        if (lambda.length < 2 || lambda.length != value.length) {
            throw new IllegalArgumentException(
                    "a density needs at least 2 values of lambda and one value for each, got " + lambda.length + " and "
                            + value.length);
        }
    }

    @Override
    public double[] lambda() {
        return lambda.clone();
    }

    @Override
    public double[] value() {
        return value.clone();
    }

    /** Distance of neighbouring grid values. */
    public double spacing() {
        return (lambda[lambda.length - 1] - lambda[0]) / (lambda.length - 1);
    }
}
