package org.thalweg.frame;

/**
 * What an estimator found of a matrix that has no place of its own among {@link CurvatureValues}. Immutable.
 *
 * @param operator name of the matrix
 * @param estimator name of the estimator
 * @param values what was found
 * @since 0.2.0
 */
public record Estimate(String operator, String estimator, EstimateValues values) {

    public Estimate {
        if (operator.isEmpty() || estimator.isEmpty()) {
            throw new IllegalArgumentException(
                    "operator and estimator must have names, got '" + operator + "' and '" + estimator + "'");
        }
    }
}
