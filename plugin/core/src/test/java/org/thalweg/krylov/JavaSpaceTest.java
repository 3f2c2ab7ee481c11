package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;

/** Vectors elsewhere than in ND4J's memory. */
class JavaSpaceTest extends VectorSpaceContract {

    @Override
    VectorSpace space(long dimension, DataType type) {
        return new JavaSpace(dimension, type);
    }
}
