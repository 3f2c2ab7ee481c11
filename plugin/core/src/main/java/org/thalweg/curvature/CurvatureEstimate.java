package org.thalweg.curvature;

import org.thalweg.frame.EstimateValues;

/**
 * An estimator's result for a matrix.
 *
 * @param dimension number of rows of the matrix
 * @param value the result
 * @param estimator the estimator
 * @since 0.2.0
 */
public record CurvatureEstimate<T>(long dimension, T value, CurvatureEstimator<T> estimator) {

    /** Number of products with the matrix. */
    public long products() {
        return estimator.products(value);
    }

    /** The numbers that a frame records. */
    public EstimateValues values() {
        return estimator.values(value);
    }
}
