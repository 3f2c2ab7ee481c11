package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * {@link CriticalStep} on the validation probe: below 1 the last step raised the loss of held-out examples.
 *
 * @since 0.2.0
 */
public final class ValidationCriticalStep implements CurvatureQuantity {

    @Override
    public String name() {
        return "validation_critical_step";
    }

    @Override
    public String description() {
        return "Length at which the last step would begin to raise the validation loss, in lengths of that step";
    }

    @Override
    public double of(CurvatureContext context) {
        return CriticalStep.along(context, context.validation());
    }
}
