package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * g^T delta, the first derivative of the loss along alpha on the frame's plane: a coefficient of the plane's quadratic model, its
 * Taylor polynomial of second degree. The gradient.
 *
 * @since 0.2.0
 */
public final class PlaneSlopeAlpha implements CurvatureQuantity {

    @Override
    public String name() {
        return "plane_slope_alpha";
    }

    @Override
    public String description() {
        return "First derivative of the loss along the direction delta of the surface";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.slopeAlong(0);
    }
}
