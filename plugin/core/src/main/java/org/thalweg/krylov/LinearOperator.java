package org.thalweg.krylov;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A symmetric linear operator that is known only through its products H v: a Hessian at fixed parameters, a
 * Gauss-Newton matrix, a layer's block of either, or a matrix in a test. An operator on ND4J's arrays implements {@link
 * Nd4jOperator}.
 *
 * <p>Confined to one thread at a time.
 *
 * @since 0.2.0
 */
public interface LinearOperator extends AutoCloseable {

    /**
     * The operator of a function.
     *
     * @param dimension number of rows and columns, n
     * @param type of its arguments and products
     * @param product returns a new array {@code [n]}, the product with a vector {@code [n]}
     */
    static LinearOperator of(long dimension, DataType type, UnaryOperator<INDArray> product) {
        return new FunctionOperator(dimension, type, product);
    }

    /** The space of its arguments and products. */
    VectorSpace space();

    /** Number of rows and columns, n; fewer than its vectors have elements in a {@link MaskedOperator}. */
    default long dimension() {
        return space().dimension();
    }

    /**
     * The type in which products are formed and summed: {@code DOUBLE} for finite differences, whatever the network's
     * type; otherwise the objective's type.
     */
    default DataType dataType() {
        return space().dataType();
    }

    /**
     * The product with a vector.
     *
     * @param vector not modified
     * @return a new vector
     */
    Vector multiply(Vector vector);

    /**
     * Adds the product with a vector: {@code sum = factor sum + H vector}. Operators that need no other memory for that than their
     * own override it.
     *
     * @param vector not modified
     * @param sum another vector
     */
    default void multiplyAdd(Vector vector, double factor, Vector sum) {
        try (Vector product = multiply(vector)) {
            space().scale(factor, sum);
            space().axpy(1, product, sum);
        }
    }

    /**
     * Products with several vectors, for operators that are faster on a batch than one by one.
     *
     * @param vectors not modified
     * @return a new batch of as many
     */
    default VectorBatch multiply(VectorBatch vectors) {
        VectorBatch products = space().batch(vectors.size());
        for (int i = 0; i < vectors.size(); i++) {
            try (Vector product = multiply(vectors.get(i))) {
                space().assign(product, products.get(i));
            }
        }
        return products;
    }

    /**
     * Products with arrays, whatever memory the operator's own vectors lie in.
     *
     * @param vectors one vector {@code [n]} or row vectors {@code [k, n]}, of {@link #dataType()}; not modified
     * @return a new array of the same shape
     */
    default INDArray multiply(INDArray vectors) {
        return Nd4jOperator.eachRow(vectors, array -> {
            try (Vector vector = space().fromArray(array.dup())) {
                return space().toArray(multiply(vector));
            }
        });
    }

    /**
     * The error of products: {@code ||fl(H v) - H v|| <= productError(||H||) ||v||}. Every reported residual includes it.
     *
     * <p>The default is ten times the type's epsilon of the norm. A sum of m terms in lanes of at least 16 has an error of about
     * {@code sqrt(m / 16)} unit roundoffs, since errors are random (N. Higham and T. Mary, "A new approach to
     * probabilistic rounding error analysis", SIAM J. Sci. Comput. 41, 2019): 20 unit roundoffs are enough for sums of
     * 6400 terms.
     *
     * @param norm the largest known lower bound of the operator's norm
     */
    default double productError(double norm) {
        return 10 * InnerProducts.epsilon(dataType()) * norm;
    }

    /**
     * The reason why products of this operator should not be trusted, if any: {@code kink} where a finite difference
     * straddles a kink of the loss. Called once, before any product is used; may cost a few products.
     */
    default Optional<String> defect() {
        return Optional.empty();
    }

    /**
     * The reason why the curvature along a direction should not be trusted, if any: differences of the loss give
     * another value. Called once, for the top eigenvector; may cost a few products.
     *
     * @param vector {@code [n]}, of unit length and {@link #dataType()}; not modified
     * @param curvature the product v^T H v
     */
    default Optional<String> defectAlong(INDArray vector, double curvature) {
        return Optional.empty();
    }

    /** Frees everything that is kept for products. Never throws. */
    @Override
    default void close() {}
}
