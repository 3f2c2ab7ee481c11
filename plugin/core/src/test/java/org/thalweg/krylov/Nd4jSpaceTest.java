package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;

/** Vectors in ND4J's memory. */
class Nd4jSpaceTest extends VectorSpaceContract {

    @Override
    VectorSpace space(long dimension, DataType type) {
        return new Nd4jSpace(dimension, type);
    }
}
