package org.thalweg.krylov;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** See {@link LinearOperator#of}. */
record FunctionOperator(long dimension, DataType dataType, UnaryOperator<INDArray> product) implements Nd4jOperator {

    @Override
    public INDArray multiply(INDArray vectors) {
        return Nd4jOperator.eachRow(vectors, product);
    }
}
