package org.thalweg.curvature.quantity;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * How much of the eigenspace of the k largest eigenvalues persists since the previous frame: the mean squared cosine of
 * the principal angles between the two (A. Bjorck and G. Golub, "Numerical methods for computing angles between linear
 * subspaces", 1973), ||U^T V||_F^2 / k with orthonormal U and V; 1 for the same space, 0 for an orthogonal one. No
 * product.
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
        return "Mean squared cosine of the principal angles between the top eigenspaces of this and the previous frame";
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
        // Vectors in single precision have unit length only up to rounding, so an unchanged space can exceed 1
        // slightly.
        return Math.min(1, squares / Math.min(now.size(), before.size()));
    }
}
