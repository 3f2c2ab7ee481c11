package org.thalweg.curvature.quantity;

import org.thalweg.curvature.AbsentException;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * The learning rate of the next update, including the schedule.
 *
 * @since 0.2.0
 */
public final class LearningRate implements CurvatureQuantity {

    @Override
    public String name() {
        return "learning_rate";
    }

    @Override
    public String description() {
        return "Learning rate of the next update";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.stepSizes()
                .learningRate()
                .orElseThrow(() -> new AbsentException("updater: learning rates differ between layers"));
    }
}
