package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * The training loss at {@link CurvatureContext#average averaged weights}: how low the floor of the valley is below training's path
 * along its walls (P. Izmailov et al., "Averaging weights leads to wider optima and better generalization", 2018, arXiv 1803.05407; J.
 * Kaddour, "Stop wasting my time! Saving days of ImageNet and BERT training with latest weight averaging", 2022, arXiv 2209.14981; K. Wen
 * et al., "Understanding warmup-stable-decay learning rates: a river valley loss landscape perspective", 2024, arXiv 2410.05192).
 * BatchNorm's statistics are estimated again. One loss, and another for the statistics.
 *
 * @since 0.2.0
 */
public final class AveragedLoss implements CurvatureQuantity {

    @Override
    public String name() {
        return "averaged_loss";
    }

    @Override
    public String description() {
        return "Training loss at the mean of the last frames' weights";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.lossAt(context.objective(), context.average());
    }
}
