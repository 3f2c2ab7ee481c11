package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.krylov.InnerProducts;

/**
 * The Euclidean norm of the gradient. One gradient.
 *
 * @since 0.2.0
 */
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
    public double of(CurvatureContext context) {
        return InnerProducts.norm(context.gradient());
    }
}
