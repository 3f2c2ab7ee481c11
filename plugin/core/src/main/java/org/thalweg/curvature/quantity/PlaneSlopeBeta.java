package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * g^T eta: {@link PlaneSlopeAlpha} along beta.
 *
 * @since 0.2.0
 */
public final class PlaneSlopeBeta implements CurvatureQuantity {

    @Override
    public String name() {
        return "plane_slope_beta";
    }

    @Override
    public String description() {
        return "First derivative of the loss along the direction eta of the surface";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.slopeAlong(1);
    }
}
