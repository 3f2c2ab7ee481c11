package org.thalweg.krylov;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operator on ND4J's arrays. It defines the length and type of vectors and the product with an array.
 *
 * @since 0.2.0
 */
public interface Nd4jOperator extends LinearOperator {

    @Override
    long dimension();

    @Override
    DataType dataType();

    @Override
    INDArray multiply(INDArray vectors);

    @Override
    default VectorSpace space() {
        return new Nd4jSpace(dimension(), dataType());
    }

    @Override
    default Vector multiply(Vector vector) {
        return new Nd4jVector(multiply(Nd4jVector.array(vector)));
    }

    @Override
    default void multiplyAdd(Vector vector, double factor, Vector sum) {
        multiplyAdd(Nd4jVector.array(vector), factor, Nd4jVector.array(sum));
    }

    /**
     * As {@link #multiplyAdd(Vector, double, Vector)}.
     *
     * @param vector {@code [n]}
     * @param sum another {@code [n]}, written to
     */
    default void multiplyAdd(INDArray vector, double factor, INDArray sum) {
        INDArray product = multiply(vector);
        sum.muli(factor).addi(product);
        InnerProducts.free(product);
    }

    @Override
    default VectorBatch multiply(VectorBatch vectors) {
        return new Nd4jBatch(multiply(Nd4jBatch.rows(vectors)));
    }

    /**
     * Products one by one, for operators that multiply a single vector.
     *
     * @param vectors one vector {@code [n]} or row vectors {@code [k, n]}
     * @param product of a vector {@code [n]}
     */
    static INDArray eachRow(INDArray vectors, UnaryOperator<INDArray> product) {
        if (vectors.rank() < 2) {
            return product.apply(vectors);
        }
        INDArray products = vectors.ulike();
        for (long i = 0; i < vectors.size(0); i++) {
            INDArray vector = vectors.getRow(i).dup();
            INDArray image = product.apply(vector);
            products.getRow(i).assign(image);
            InnerProducts.free(vector);
            InnerProducts.free(image);
        }
        return products;
    }
}
