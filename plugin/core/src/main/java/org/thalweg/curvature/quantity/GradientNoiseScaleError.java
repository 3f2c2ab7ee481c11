package org.thalweg.curvature.quantity;

import org.thalweg.curvature.AbsentException;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * The standard error of {@link GradientNoiseScale} by the jackknife over the batches of the probe (B. Efron and C. Stein, "The
 * jackknife estimate of variance", 1981). Another gradient of the probe.
 *
 * @since 0.2.0
 */
public final class GradientNoiseScaleError implements CurvatureQuantity {

    @Override
    public String name() {
        return "gradient_noise_scale_error";
    }

    @Override
    public String description() {
        return "Standard error of the gradient noise scale, in examples";
    }

    @Override
    public double of(CurvatureContext context) {
        double error = context.gradientNoise().scaleError();
        if (!Double.isFinite(error)) {
            throw new AbsentException("noise: it covers the gradient on this probe, take more examples");
        }
        return error;
    }
}
