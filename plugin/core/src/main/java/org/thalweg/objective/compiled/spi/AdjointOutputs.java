package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.Nullable;

/**
 * The targets of the gradients of {@link AdjointInputs}, null for those that are not needed.
 *
 * @param input gradient with respect to the input
 * @param weight gradient with respect to the weights
 * @param bias the delta summed over all but channels
 * @since 0.2.0
 */
public record AdjointOutputs(
        @Nullable GradientTarget input,
        @Nullable GradientTarget weight,
        @Nullable GradientTarget bias) {

    /** Only the input's gradient. */
    public AdjointOutputs ofInput() {
        return new AdjointOutputs(input, null, null);
    }

    /** Only the weights' gradient, overwriting another tensor. */
    public static AdjointOutputs ofWeight(Tensor weight) {
        return new AdjointOutputs(null, new GradientTarget(weight, false), null);
    }

    /** Input and weights again, added to the first result. */
    AdjointOutputs addingWithoutBias() {
        return new AdjointOutputs(input == null ? null : input.adding(), weight == null ? null : weight.adding(), null);
    }
}
