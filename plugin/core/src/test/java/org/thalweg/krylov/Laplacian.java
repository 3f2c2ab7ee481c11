package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** tridiag(-1, 2, -1) without its matrix; eigenvalues 2 - 2 cos(i pi / (n + 1)), i = 1..n. */
record Laplacian(long dimension, DataType dataType) implements Nd4jOperator {

    @Override
    public INDArray multiply(INDArray vectors) {
        return Nd4jOperator.eachRow(vectors, this::product);
    }

    private INDArray product(INDArray vector) {
        INDArray product = vector.mul(2);
        product.get(NDArrayIndex.interval(1, dimension)).subi(vector.get(NDArrayIndex.interval(0, dimension - 1)));
        product.get(NDArrayIndex.interval(0, dimension - 1)).subi(vector.get(NDArrayIndex.interval(1, dimension)));
        return product;
    }
}
