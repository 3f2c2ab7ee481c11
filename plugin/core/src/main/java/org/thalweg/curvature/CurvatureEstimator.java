package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.EstimateValues;

/**
 * Estimates a property of a matrix from products with it: extreme eigenvalues, trace, density, curvature along a
 * vector. A new estimator is one class. Stateless.
 *
 * @param <T> type of the result
 * @since 0.2.0
 */
public interface CurvatureEstimator<T> {

    /** Its name in reports and files: {@code lower_case}. */
    String name();

    /**
     * The estimate of one matrix.
     *
     * @throws AbsentException if it cannot be computed, with the reason
     * @throws org.thalweg.krylov.NonFiniteProductException if a product is not finite
     */
    T estimate(NamedOperator operator, CurvaturePoint point);

    /** The estimates of a family of matrices; override it where they are cheaper together than one by one. */
    default List<T> estimateAll(List<NamedOperator> operators, CurvaturePoint point) {
        List<T> estimates = new ArrayList<>();
        for (NamedOperator operator : operators) {
            estimates.add(estimate(operator, point));
        }
        return estimates;
    }

    /** The numbers of an estimate that a frame records. */
    EstimateValues values(T estimate);

    /** Number of products that an estimate took. */
    long products(T estimate);

    /** Least number of bytes that it needs for vectors of length n. */
    default long bytes(long n, DataType type) {
        return 0;
    }
}
