package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * delta^T H delta, the second derivative of the loss along alpha on the frame's plane. Two products, which those of the other second
 * derivatives share.
 *
 * @since 0.2.0
 */
public final class PlaneCurvatureAlpha implements CurvatureQuantity {

    @Override
    public String name() {
        return "plane_curvature_alpha";
    }

    @Override
    public String description() {
        return "Second derivative of the loss along the direction delta of the surface";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.curvatureAlong(0, 0);
    }
}
