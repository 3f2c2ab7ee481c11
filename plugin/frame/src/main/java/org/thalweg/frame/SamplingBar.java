package org.thalweg.frame;

/**
 * The half width of an interval that contains the value on all data for 95 of 100 probes, from a standard error over
 * 16 batches of the probe.
 *
 * @since 0.2.0
 */
public final class SamplingBar {

    /** The 97.5 % quantile of Student's distribution with 15 degrees of freedom. */
    private static final double QUANTILE = 2.131;

    private SamplingBar() {}

    /** The half width for a standard error. */
    public static double of(double standardError) {
        return QUANTILE * standardError;
    }
}
