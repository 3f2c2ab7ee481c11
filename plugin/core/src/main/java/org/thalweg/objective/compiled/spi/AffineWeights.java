package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.Nullable;

/**
 * The weights and the bias of an {@link AffineKernel}.
 *
 * @param bias null for none
 * @since 0.2.0
 */
public record AffineWeights(Weights weight, @Nullable Weights bias) {

    /** The step's own. */
    public static AffineWeights of(KernelContext context) {
        return new AffineWeights(
                context.weights(AffineKernel.WEIGHT),
                context.has(AffineKernel.BIAS) ? context.weights(AffineKernel.BIAS) : null);
    }

    /** Whether there is a bias that is a parameter. */
    public boolean biasTrainable() {
        return bias != null && bias.trainable();
    }

    /** The bias, where {@link #biasTrainable}. */
    public Weights trainableBias() {
        if (bias == null) {
            throw new IllegalStateException("an affine map without a bias has no derivative in it");
        }
        return bias;
    }
}
