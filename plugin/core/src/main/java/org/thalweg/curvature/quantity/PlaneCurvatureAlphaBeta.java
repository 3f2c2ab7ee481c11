package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * delta^T H eta: the mixed one beside {@link PlaneCurvatureAlpha}.
 *
 * @since 0.2.0
 */
public final class PlaneCurvatureAlphaBeta implements CurvatureQuantity {

    @Override
    public String name() {
        return "plane_curvature_alpha_beta";
    }

    @Override
    public String description() {
        return "Mixed second derivative of the loss along both directions of the surface";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.curvatureAlong(0, 1);
    }
}
