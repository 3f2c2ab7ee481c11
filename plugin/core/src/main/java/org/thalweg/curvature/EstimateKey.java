package org.thalweg.curvature;

/**
 * The names of an estimate's matrix and estimator.
 *
 * @param operator name of the matrix
 * @param estimator name of the estimator
 * @since 0.2.0
 */
public record EstimateKey(String operator, String estimator) implements Comparable<EstimateKey> {

    /** {@code operator.estimator}, the name of an estimate that is absent. */
    @Override
    public String toString() {
        return operator + "." + estimator;
    }

    @Override
    public int compareTo(EstimateKey other) {
        return toString().compareTo(other.toString());
    }
}
