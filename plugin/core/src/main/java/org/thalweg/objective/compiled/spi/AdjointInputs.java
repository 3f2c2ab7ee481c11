package org.thalweg.objective.compiled.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The number {@code <delta, x W>} of an affine map, whose gradients with respect to x and W are wanted. A Hessian's
 * product is made of two of them, each with some of its places taken by tangents.
 *
 * @param input x
 * @param weight W
 * @param delta gradient of the loss with respect to x W, or its tangent
 * @param moving which of them differ between the products of a Hessian
 */
public record AdjointInputs(INDArray input, INDArray weight, INDArray delta, Moving moving) {

    /** What a kernel may keep from one product to the next follows from what stays. */
    public enum Moving {
        NOTHING,
        DELTA,
        INPUT_AND_WEIGHT
    }

    /** The pairing of a gradient. */
    public static AdjointInputs atParameters(KernelContext context, Weights weight) {
        return new AdjointInputs(context.input(0), weight.value(), context.outputDelta(), Moving.NOTHING);
    }

    /** The pairing of a product in which the gradient moves along the direction. */
    public static AdjointInputs ofDeltaTangent(KernelContext context, Weights weight) {
        return new AdjointInputs(context.input(0), weight.value(), context.outputDeltaTangent(), Moving.DELTA);
    }

    /** The pairing of a product in which input and weights move along the direction. */
    public static AdjointInputs ofInputTangent(KernelContext context, Weights weight) {
        return new AdjointInputs(
                context.inputTangent(0), weight.tangent(), context.outputDelta(), Moving.INPUT_AND_WEIGHT);
    }

    public AdjointInputs withWeight(INDArray other) {
        return new AdjointInputs(input, other, delta, moving);
    }
}
