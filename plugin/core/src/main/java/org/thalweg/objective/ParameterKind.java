package org.thalweg.objective;

/**
 * The purpose of a parameter array; directions treat the kinds differently.
 *
 * @since 0.2.0
 */
public enum ParameterKind {
    /** Weights that have filters: dense, convolution, recurrent, embedding. */
    WEIGHT,
    /** A bias vector. */
    BIAS,
    /** Scale and shift of a normalization layer, and other vectors of per-channel factors. */
    NORM,
    /** Running statistics of BatchNorm: part of DL4J's parameter vector, but not parameters of the objective. */
    STATISTIC
}
