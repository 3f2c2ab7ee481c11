package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where the gradients of {@link AdjointInputs} go, null for those that are not wanted.
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

    /** That of the input alone. */
    public AdjointOutputs ofInput() {
        return new AdjointOutputs(input, null, null);
    }

    /** That of the weights alone, elsewhere and not added to anything. */
    public static AdjointOutputs ofWeight(Tensor weight) {
        return new AdjointOutputs(null, new GradientTarget(weight, false), null);
    }

    /** Input and weights once more, to be added to what the first time gave. */
    AdjointOutputs addingWithoutBias() {
        return new AdjointOutputs(input == null ? null : input.adding(), weight == null ? null : weight.adding(), null);
    }
}
