package org.thalweg.curvature.quantity;

import org.thalweg.curvature.AbsentException;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.GradientNoise;

/**
 * The simple noise scale tr(Sigma) / |G|^2 in examples, where Sigma is the covariance of single examples' gradients and
 * G their mean (S. McCandlish, J. Kaplan, D. Amodei et al., "An empirical model of large-batch training", 2018, arXiv
 * 1812.06162, equation 2.9; estimated as in appendix A.1). It predicts the critical batch size: steps of far smaller
 * batches are mostly noise, and steps of far larger ones make hardly more progress. The two coincide if the Hessian is
 * a multiple of the identity. One gradient of the probe, in batches.
 *
 * @since 0.2.0
 */
public final class GradientNoiseScale implements CurvatureQuantity {

    @Override
    public String name() {
        return "gradient_noise_scale";
    }

    @Override
    public String description() {
        return "Gradient noise scale, which predicts the critical batch size, in examples";
    }

    @Override
    public double of(CurvatureContext context) {
        GradientNoise noise = context.gradientNoise();
        if (!(noise.squaredNorm() > 0)) {
            throw new AbsentException("noise: it covers the gradient on this probe, take more examples");
        }
        return noise.trace() / noise.squaredNorm();
    }
}
