package org.thalweg.krylov;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A symmetric linear operator known by its products alone. Confined to one thread at a time. */
public interface SymmetricOperator {

    /**
     * The operator of a function.
     *
     * @param dimension number of rows and columns, n
     * @param type of the vectors it takes and gives
     * @param product gives the product with a vector as {@link #multiply} does
     */
    static SymmetricOperator of(long dimension, DataType type, UnaryOperator<INDArray> product) {
        return new FunctionOperator(dimension, type, product);
    }

    /** Number of rows and columns, n. */
    long dimension();

    /** The type of the vectors it takes and gives, {@code FLOAT} or {@code DOUBLE}. */
    DataType dataType();

    /**
     * The product with a vector.
     *
     * @param vector {@code [n]}; not modified
     * @return a new vector {@code [n]}
     */
    INDArray multiply(INDArray vector);

    /**
     * Products with several vectors, for operators that are faster at a time than one by one.
     *
     * @param vectors row vectors, {@code [k, n]}; not modified
     * @return a new array {@code [k, n]}
     */
    default INDArray multiplyAll(INDArray vectors) {
        INDArray products = vectors.ulike();
        for (long i = 0; i < vectors.size(0); i++) {
            products.getRow(i).assign(multiply(vectors.getRow(i).dup()));
        }
        return products;
    }
}
