package org.thalweg.curvature;

import org.thalweg.frame.EstimateValues;

/**
 * What an estimator found of a matrix.
 *
 * @param dimension number of rows of the matrix
 * @param value what was found
 * @param estimator by whom
 * @since 0.2.0
 */
public record CurvatureEstimate<T>(long dimension, T value, CurvatureEstimator<T> estimator) {

    /** Products that it took. */
    public long products() {
        return estimator.products(value);
    }

    /** What a frame keeps of it. */
    public EstimateValues values() {
        return estimator.values(value);
    }
}
