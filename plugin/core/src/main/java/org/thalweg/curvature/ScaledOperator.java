package org.thalweg.curvature;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.SymmetricOperator;

/**
 * D H D with a diagonal D: symmetric, with the eigenvalues of D^2 H.
 *
 * @param operator H
 * @param root the diagonal of D, {@code [P]}, of the operator's type
 */
record ScaledOperator(SymmetricOperator operator, INDArray root) implements SymmetricOperator {

    @Override
    public long dimension() {
        return operator.dimension();
    }

    @Override
    public DataType dataType() {
        return operator.dataType();
    }

    @Override
    public INDArray multiply(INDArray vector) {
        try (INDArray scaled = vector.mul(root)) {
            return operator.multiply(scaled).muli(root);
        }
    }
}
