package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the gradients of a {@link Pairing} are written to, null for those that are not wanted.
 *
 * @param input gradient with respect to the input
 * @param weight gradient with respect to the weights
 * @param bias the delta summed over all but channels
 * @param add whether they are added to what is there
 */
public record Gradients(
        @Nullable INDArray input,
        @Nullable INDArray weight,
        @Nullable INDArray bias,
        boolean add) {

    Gradients ofInput() {
        return new Gradients(input, null, null, add);
    }

    /** That of the weights alone, elsewhere and not added to anything. */
    static Gradients ofWeight(INDArray weight) {
        return new Gradients(null, weight, null, false);
    }
}
