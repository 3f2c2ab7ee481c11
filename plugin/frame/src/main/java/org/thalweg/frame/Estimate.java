package org.thalweg.frame;

/**
 * An estimator's result for a matrix that has no component of its own in {@link CurvatureValues}. Immutable.
 *
 * @param operator name of the matrix
 * @param estimator name of the estimator
 * @param values the result
 * @since 0.2.0
 */
public record Estimate(String operator, String estimator, EstimateValues values) {

    public Estimate {
        if (operator.isEmpty() || estimator.isEmpty()) {
            throw new IllegalArgumentException(
                    "operator and estimator must both have a name, got '" + operator + "' and '" + estimator + "'");
        }
    }
}
