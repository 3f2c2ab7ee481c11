package org.thalweg.curvature;

import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.Vector;
import org.thalweg.krylov.VectorSpace;

/**
 * D H D with a diagonal D: symmetric, with the eigenvalues of D^2 H.
 *
 * @param operator H
 * @param root the diagonal of D, {@code [P]}
 * @param largest the largest element of D^2
 */
record ScaledOperator(LinearOperator operator, Vector root, double largest) implements LinearOperator {

    @Override
    public VectorSpace space() {
        return operator.space();
    }

    @Override
    public double productError(double norm) {
        return largest == 0 ? 0 : largest * operator.productError(norm / largest);
    }

    @Override
    public Vector multiply(Vector vector) {
        try (Vector scaled = space().create()) {
            space().assign(vector, scaled);
            space().multiply(root, scaled);
            Vector product = operator.multiply(scaled);
            space().multiply(root, product);
            return product;
        }
    }
}
