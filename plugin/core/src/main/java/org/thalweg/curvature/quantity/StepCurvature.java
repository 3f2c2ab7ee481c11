package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * d^T H d / d^T d for the last step d = theta - theta one iteration before: the curvature along the step of training,
 * at its end. One product.
 *
 * @since 0.2.0
 */
public final class StepCurvature implements CurvatureQuantity {

    @Override
    public String name() {
        return "step_curvature";
    }

    @Override
    public String description() {
        return "Curvature along the last step of training: its Rayleigh quotient with the Hessian";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.curvatureAlong(context.step());
    }
}
