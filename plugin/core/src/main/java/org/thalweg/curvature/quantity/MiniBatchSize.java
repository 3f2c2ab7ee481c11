package org.thalweg.curvature.quantity;

import org.thalweg.curvature.AbsentException;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * Number of examples in the mini-batch of training's last update, to compare with {@link GradientNoiseScale}.
 *
 * @since 0.2.0
 */
public final class MiniBatchSize implements CurvatureQuantity {

    @Override
    public String name() {
        return "batch_size";
    }

    @Override
    public String description() {
        return "Examples of the mini-batch of the last update";
    }

    @Override
    public double of(CurvatureContext context) {
        boolean isTraining = context.training().updateRules().value().isPresent();
        return context.training()
                .batchSize()
                .orElseThrow(() -> new AbsentException(isTraining ? "no update yet" : OFF));
    }
}
