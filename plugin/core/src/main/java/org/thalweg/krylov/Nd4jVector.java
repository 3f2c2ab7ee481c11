package org.thalweg.krylov;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vector in ND4J's memory.
 *
 * @param array {@code [n]}
 */
record Nd4jVector(INDArray array) implements Vector {

    /** @throws IllegalArgumentException if the vector lies elsewhere */
    static INDArray array(Vector vector) {
        if (vector instanceof Nd4jVector own) {
            return own.array;
        }
        throw new IllegalArgumentException("a vector must lie in ND4J's memory, got a "
                + vector.getClass().getName() + ": copy it there with its space's toArray");
    }

    @Override
    public void close() {
        InnerProducts.free(array);
    }
}
