package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the gradients of a {@link AdjointInputs} are written to, null for those that are not wanted.
 *
 * @param input gradient with respect to the input
 * @param weight gradient with respect to the weights
 * @param bias the delta summed over all but channels
 * @param add whether they are added to what is there
 */
public record AdjointOutputs(
        @Nullable INDArray input,
        @Nullable INDArray weight,
        @Nullable INDArray bias,
        boolean add) {

    public AdjointOutputs ofInput() {
        return new AdjointOutputs(input, null, null, add);
    }

    /** That of the weights alone, elsewhere and not added to anything. */
    public static AdjointOutputs ofWeight(INDArray weight) {
        return new AdjointOutputs(null, weight, null, false);
    }
}
