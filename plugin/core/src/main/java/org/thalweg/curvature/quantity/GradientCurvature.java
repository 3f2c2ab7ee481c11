package org.thalweg.curvature.quantity;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.krylov.InnerProducts;

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
        return along(context);
    }

    /** The curvature along the gradient, from the product that others share. */
    static double along(CurvatureContext context) {
        INDArray gradient = context.gradient();
        return context.dot(gradient, context.gradientProduct()) / InnerProducts.dot(gradient, gradient);
    }
}
