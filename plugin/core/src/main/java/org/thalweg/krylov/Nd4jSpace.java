package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Vectors in ND4J's memory. Arrays are converted to vectors and back without a copy.
 *
 * @param dimension length of the vectors, n
 * @param dataType type of the elements
 * @since 0.2.0
 */
public record Nd4jSpace(long dimension, DataType dataType) implements VectorSpace {

    @Override
    public VectorSpace ofDimension(long n) {
        return new Nd4jSpace(n, dataType);
    }

    @Override
    public Vector create() {
        return new Nd4jVector(Nd4j.createUninitialized(dataType, dimension));
    }

    @Override
    public Vector zeros() {
        return new Nd4jVector(Nd4j.zeros(dataType, dimension));
    }

    @Override
    public Vector fromArray(INDArray array) {
        return new Nd4jVector(array);
    }

    @Override
    public INDArray toArray(Vector vector) {
        return Nd4jVector.array(vector);
    }

    @Override
    public VectorBatch batch(INDArray rows) {
        return new Nd4jBatch(rows);
    }

    @Override
    public VectorBatch batch(int k) {
        return new Nd4jBatch(Nd4j.createUninitialized(dataType, k, dimension));
    }

    @Override
    public VectorBlock block(int capacity) {
        return new Nd4jBlock(dataType, capacity, dimension);
    }

    @Override
    public void assign(Vector from, Vector to) {
        Nd4jVector.array(to).assign(Nd4jVector.array(from));
    }

    @Override
    public double dot(Vector x, Vector y) {
        return InnerProducts.dot(Nd4jVector.array(x), Nd4jVector.array(y));
    }

    @Override
    public double norm(Vector x) {
        return InnerProducts.norm(Nd4jVector.array(x));
    }

    @Override
    public void axpy(double a, Vector x, Vector y) {
        Nd4j.getBlasWrapper().level1().axpy(dimension, a, Nd4jVector.array(x), Nd4jVector.array(y));
    }

    @Override
    public void scale(double a, Vector x) {
        Nd4jVector.array(x).muli(a);
    }

    @Override
    public void divide(double a, Vector x) {
        Nd4jVector.array(x).divi(a);
    }

    @Override
    public void multiply(Vector x, Vector y) {
        Nd4jVector.array(y).muli(Nd4jVector.array(x));
    }

    @Override
    public Vector range(Vector vector, long from, long to) {
        return new Nd4jVector(Nd4jVector.array(vector).get(NDArrayIndex.interval(from, to)));
    }
}
