package org.thalweg.curvature;

/**
 * An operator and the estimator to run on it.
 *
 * @since 0.2.0
 */
public record CurvatureRequest(CurvatureOperator operator, CurvatureEstimator<?> estimator) {}
