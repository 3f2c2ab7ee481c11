package org.thalweg.objective.compiled.spi;

/**
 * The number {@code <delta, x W>} of an affine map, to be differentiated with respect to x and W. A Hessian product
 * consists of two of them, each with tangents in some places.
 *
 * @param input x
 * @param weight W
 * @param delta gradient of the loss with respect to x W, or its tangent
 * @param moving which of them differ between the products of a Hessian
 * @since 0.2.0
 */
public record AdjointInputs(Tensor input, Tensor weight, Tensor delta, Moving moving) {

    /** What stays is what a kernel may keep from one product to the next. */
    public enum Moving {
        NOTHING,
        DELTA,
        INPUT_AND_WEIGHT
    }

    /** The inputs of a gradient. */
    static AdjointInputs atParameters(KernelContext context, Weights weight) {
        return new AdjointInputs(context.input(0), weight.value(), context.outputDelta(), Moving.NOTHING);
    }

    /** The inputs of the part of a product in which the gradient moves along the direction. */
    static AdjointInputs ofDeltaTangent(KernelContext context, Weights weight) {
        return new AdjointInputs(context.input(0), weight.value(), context.outputDeltaTangent(), Moving.DELTA);
    }

    /** The inputs of the part of a product in which input and weights move along the direction. */
    static AdjointInputs ofInputTangent(KernelContext context, Weights weight) {
        return new AdjointInputs(
                context.inputTangent(0), weight.tangent(), context.outputDelta(), Moving.INPUT_AND_WEIGHT);
    }

    /** The same with input and delta in other shapes. */
    public AdjointInputs reshaped(Tensor otherInput, Tensor otherDelta) {
        return new AdjointInputs(otherInput, weight, otherDelta, moving);
    }

    /** The same with other weights. */
    public AdjointInputs withWeight(Tensor other) {
        return new AdjointInputs(input, other, delta, moving);
    }
}
