package org.thalweg.krylov;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Vectors in ND4J's memory, one after another.
 *
 * @param rows {@code [k, n]}
 */
record Nd4jBatch(INDArray rows) implements VectorBatch {

    /** @throws IllegalArgumentException if the vectors lie elsewhere */
    static INDArray rows(VectorBatch batch) {
        if (batch instanceof Nd4jBatch own) {
            return own.rows;
        }
        throw new IllegalArgumentException("vectors must lie in ND4J's memory, got a "
                + batch.getClass().getName() + ": copy them there with their space's toArray");
    }

    @Override
    public int size() {
        return (int) rows.size(0);
    }

    @Override
    public Vector get(int i) {
        return new Nd4jVector(rows.get(NDArrayIndex.point(i), NDArrayIndex.all()));
    }

    @Override
    public void close() {
        InnerProducts.free(rows);
    }
}
