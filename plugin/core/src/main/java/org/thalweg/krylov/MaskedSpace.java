package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The subspace of vectors that are zero outside a mask, in another space's memory: arrays lose what is outside when they
 * become vectors, so that random vectors and starts lie in the subspace, and so does everything made of them.
 *
 * @param space of all vectors
 * @param mask ones and zeros, {@code [n]}, of the space's type
 */
record MaskedSpace(VectorSpace space, INDArray mask) implements VectorSpace {

    @Override
    public long dimension() {
        return space.dimension();
    }

    @Override
    public DataType dataType() {
        return space.dataType();
    }

    @Override
    public VectorSpace ofDimension(long n) {
        return space.ofDimension(n);
    }

    @Override
    public Vector create() {
        return space.create();
    }

    @Override
    public Vector zeros() {
        return space.zeros();
    }

    @Override
    public Vector fromArray(INDArray array) {
        return space.fromArray(array.muli(mask));
    }

    @Override
    public INDArray toArray(Vector vector) {
        return space.toArray(vector);
    }

    @Override
    public VectorBatch batch(INDArray rows) {
        return space.batch(rows.muliRowVector(mask));
    }

    @Override
    public VectorBatch batch(int k) {
        return space.batch(k);
    }

    @Override
    public VectorBlock block(int capacity) {
        return space.block(capacity);
    }

    @Override
    public void assign(Vector from, Vector to) {
        space.assign(from, to);
    }

    @Override
    public double dot(Vector x, Vector y) {
        return space.dot(x, y);
    }

    @Override
    public double norm(Vector x) {
        return space.norm(x);
    }

    @Override
    public void axpy(double a, Vector x, Vector y) {
        space.axpy(a, x, y);
    }

    @Override
    public void scale(double a, Vector x) {
        space.scale(a, x);
    }

    @Override
    public void divide(double a, Vector x) {
        space.divide(a, x);
    }

    @Override
    public void multiply(Vector x, Vector y) {
        space.multiply(x, y);
    }

    @Override
    public Vector range(Vector vector, long from, long to) {
        return space.range(vector, from, to);
    }
}
