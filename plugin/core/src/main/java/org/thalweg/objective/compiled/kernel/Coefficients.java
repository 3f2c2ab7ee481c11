package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link AffineKernel} is affine in.
 *
 * @param bias null for none
 */
public record Coefficients(Weights weight, @Nullable Weights bias) {

    /** The step's own. */
    static Coefficients of(Site site) {
        return new Coefficients(
                site.weights(AffineKernel.WEIGHT),
                site.has(AffineKernel.BIAS) ? site.weights(AffineKernel.BIAS) : null);
    }

    boolean biasTrainable() {
        return bias != null && bias.trainable();
    }

    /** The bias, where {@link #biasTrainable}. */
    Weights trainableBias() {
        if (bias == null) {
            throw new IllegalStateException("an affine map without a bias has no derivative in it");
        }
        return bias;
    }
}
