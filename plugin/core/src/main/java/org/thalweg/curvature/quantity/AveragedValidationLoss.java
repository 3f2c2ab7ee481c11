package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * {@link AveragedLoss} on the validation probe. The statistics are still the training probe's.
 *
 * @since 0.2.0
 */
public final class AveragedValidationLoss implements CurvatureQuantity {

    @Override
    public String name() {
        return "averaged_validation_loss";
    }

    @Override
    public String description() {
        return "Validation loss at the mean of the last frames' weights";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.lossAt(context.validation(), context.average());
    }
}
