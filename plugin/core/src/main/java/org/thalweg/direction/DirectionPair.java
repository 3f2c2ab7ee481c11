package org.thalweg.direction;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The two directions that span a plane through the parameters.
 *
 * @param delta direction of the coordinate alpha, packed, {@code [P]}
 * @param eta direction of the coordinate beta, packed, {@code [P]}
 */
public record DirectionPair(INDArray delta, INDArray eta) {

    /** Cosine of the angle between them; NaN when one is zero. */
    public double cosine() {
        INDArray a = delta.castTo(DataType.DOUBLE);
        INDArray b = eta.castTo(DataType.DOUBLE);
        return a.mul(b).sumNumber().doubleValue()
                / (a.norm2Number().doubleValue() * b.norm2Number().doubleValue());
    }
}
