package org.thalweg.krylov;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** See {@link SymmetricOperator#of}. */
record FunctionOperator(long dimension, DataType dataType, UnaryOperator<INDArray> product)
        implements SymmetricOperator {

    @Override
    public INDArray multiply(INDArray vector) {
        return product.apply(vector);
    }
}
