package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.SamplingErrors;
import org.thalweg.objective.ObjectiveValue;

/**
 * The standard error of the loss as an estimate of the loss of all data that the probe was drawn from: the standard deviation
 * over random batches of the probe, divided by the root of their number. One evaluation of the probe, in batches.
 *
 * @since 0.2.0
 */
public final class LossStandardError implements CurvatureQuantity {

    @Override
    public String name() {
        return "loss_standard_error";
    }

    @Override
    public String description() {
        return "Standard error of the loss from the choice of the probe's examples";
    }

    @Override
    public double of(CurvatureContext context) {
        return SamplingErrors.standardError(context.batches().evaluate(context.parameters()).stream()
                .mapToDouble(ObjectiveValue::loss)
                .toArray());
    }
}
