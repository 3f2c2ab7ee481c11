package org.thalweg.curvature.quantity;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * How far the space of the k largest eigenvalues is still that of the frame before: the mean squared cosine of the
 * principal angles between the two (A. Bjorck and G. Golub, "Numerical methods for computing angles between linear
 * subspaces", 1973), ||U^T V||_F^2 / k with orthonormal U and V; 1 the same, 0 orthogonal. No product.
 *
 * @since 0.2.0
 */
public final class EigenspaceOverlap implements CurvatureQuantity {

    @Override
    public String name() {
        return "eigenspace_overlap";
    }

    @Override
    public String description() {
        return "Mean squared cosine of the principal angles between the top eigenspaces of this frame and the one before";
    }

    @Override
    public double of(CurvatureContext context) {
        List<INDArray> now = context.topEigenvectors();
        List<INDArray> before = context.topEigenvectorsBefore();
        double squares = 0;
        for (INDArray u : before) {
            for (INDArray v : now) {
                double cosine = context.dot(u, v);
                squares += cosine * cosine;
            }
        }
        // Vectors in single precision are of unit length up to rounding, so a space that stays the same exceeds 1 a
        // little.
        return Math.min(1, squares / Math.min(now.size(), before.size()));
    }
}
