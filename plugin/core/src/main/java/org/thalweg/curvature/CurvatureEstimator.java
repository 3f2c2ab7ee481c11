package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.EstimateValues;

/**
 * A question that any matrix can be asked by its products: extreme eigenvalues, trace, density, the curvature along a vector.
 * A new one is a class. Stateless.
 *
 * @param <T> what it finds
 * @since 0.2.0
 */
public interface CurvatureEstimator<T> {

    /** Its name in reports and files: {@code lower_case}. */
    String name();

    /**
     * The estimate of one matrix.
     *
     * @throws AbsentException if it cannot be had, with the reason
     * @throws org.thalweg.krylov.NonFiniteProductException if a product is not finite
     */
    T estimate(NamedOperator operator, CurvaturePoint point);

    /** The estimates of a family of matrices, for what is cheaper together than one by one. */
    default List<T> estimateAll(List<NamedOperator> operators, CurvaturePoint point) {
        List<T> estimates = new ArrayList<>();
        for (NamedOperator operator : operators) {
            estimates.add(estimate(operator, point));
        }
        return estimates;
    }

    /** What a frame keeps of an estimate, as plain numbers. */
    EstimateValues values(T estimate);

    /** Products that an estimate took. */
    long products(T estimate);

    /** Bytes of the vectors that it needs at least, of length n. */
    default long bytes(long n, DataType type) {
        return 0;
    }
}
