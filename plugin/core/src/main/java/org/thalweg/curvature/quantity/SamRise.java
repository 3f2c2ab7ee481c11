package org.thalweg.curvature.quantity;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.AbsentException;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.krylov.InnerProducts;

/**
 * L(theta + rho g / |g|) - L(theta) for the gradient g and rho = {@value #RADIUS}: the rise that sharpness-aware minimization
 * (SAM) sees (P. Foret, A. Kleiner, H. Mobahi and B. Neyshabur, "Sharpness-aware minimization for efficiently improving
 * generalization", 2021, arXiv 2010.01412, equation 2), a lower bound of the largest rise within rho. Two evaluations and the gradient.
 *
 * @since 0.2.0
 */
public final class SamRise implements CurvatureQuantity {

    /** SAM's own default. */
    static final double RADIUS = 0.05;

    @Override
    public String name() {
        return "sam_rise";
    }

    @Override
    public String description() {
        return "Rise of the loss after a step of length 0.05 along the gradient, as in sharpness-aware minimization";
    }

    @Override
    public double of(CurvatureContext context) {
        double norm = InnerProducts.norm(context.gradient());
        if (norm == 0) {
            throw new AbsentException("the gradient is zero");
        }
        try (INDArray there = context.gradient().mul(RADIUS / norm).addi(context.parameters())) {
            return context.objective().evaluate(there).loss() - context.loss();
        }
    }
}
