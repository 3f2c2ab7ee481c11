package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.LocalModel;
import org.thalweg.krylov.Vectors;

/** The Euclidean norm of the gradient. One gradient. */
public final class GradientNorm implements CurvatureQuantity {

    @Override
    public String name() {
        return "gradient_norm";
    }

    @Override
    public String description() {
        return "Euclidean norm of the gradient";
    }

    @Override
    public double of(LocalModel model) {
        return Vectors.norm(model.gradient());
    }
}
