package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * eta^T H eta: {@link PlaneCurvatureAlpha} along beta.
 *
 * @since 0.2.0
 */
public final class PlaneCurvatureBeta implements CurvatureQuantity {

    @Override
    public String name() {
        return "plane_curvature_beta";
    }

    @Override
    public String description() {
        return "Second derivative of the loss along the direction eta of the surface";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.curvatureAlong(1, 1);
    }
}
