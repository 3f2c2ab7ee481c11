package org.thalweg.curvature;

/**
 * A question to a matrix.
 *
 * @since 0.2.0
 */
public record CurvatureRequest(CurvatureOperator operator, CurvatureEstimator<?> estimator) {}
