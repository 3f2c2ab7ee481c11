package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;

/** Directions from the parameters to others. */
final class Differences {

    private Differences() {}

    /**
     * other - theta, a new vector of theta's type.
     *
     * @param what name of the other parameters, for messages
     * @throws IllegalArgumentException if they belong to another network, or equal theta
     */
    static INDArray of(String what, INDArray other, INDArray theta) {
        if (other.length() != theta.length()) {
            throw new IllegalArgumentException(what + " must be of the same network, with " + theta.length()
                    + " trainable parameters, got " + other.length());
        }
        INDArray difference = theta.ulike().assign(other).subi(theta);
        double length = InnerProducts.norm(difference);
        if (!(length > 0) || Double.isInfinite(length)) {
            difference.close();
            throw new IllegalArgumentException(
                    what + " must differ from the current parameters and be finite: their distance is " + length);
        }
        return difference;
    }
}
