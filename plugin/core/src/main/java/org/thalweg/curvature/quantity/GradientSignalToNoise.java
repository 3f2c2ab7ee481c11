package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * The squared gradient over the variance of single examples' gradients, parameter by parameter, averaged over all
 * parameters whose gradient differs between examples (J. Liu, Y. Bai, G. Jiang, T. Chen and H. Wang, "Understanding why
 * neural networks generalize well through GSNR of parameters", 2020, arXiv 2001.07384, equation 1). Multiplied by a
 * batch size it is the ratio in that batch's gradient. It may be negative if it is too small for the probe to measure.
 * Shares the gradients of {@link GradientNoiseScale}.
 *
 * @since 0.2.0
 */
public final class GradientSignalToNoise implements CurvatureQuantity {

    @Override
    public String name() {
        return "gradient_signal_to_noise";
    }

    @Override
    public String description() {
        return "Mean over the parameters of the squared gradient over the variance of single examples' gradients";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.gradientNoise().signalToNoise();
    }
}
