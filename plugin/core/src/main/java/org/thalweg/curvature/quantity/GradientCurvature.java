package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * g^T H g / g^T g: the curvature in the direction of steepest descent. One product.
 *
 * @since 0.2.0
 */
public final class GradientCurvature implements CurvatureQuantity {

    @Override
    public String name() {
        return "gradient_curvature";
    }

    @Override
    public String description() {
        return "Curvature along the gradient: its Rayleigh quotient with the Hessian";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.curvatureAlong(context.gradient());
    }
}
