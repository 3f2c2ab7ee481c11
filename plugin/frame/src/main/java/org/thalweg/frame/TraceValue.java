package org.thalweg.frame;

/**
 * An estimated trace with its error. Immutable.
 *
 * @param value unbiased estimate
 * @param standardError standard error, from the spread of the random samples
 * @param estimator {@code hutch++} or {@code hutchinson}
 * @param samples number of random samples
 * @param products Hessian-vector products taken
 * @since 0.2.0
 */
public record TraceValue(double value, double standardError, String estimator, int samples, long products) {}
