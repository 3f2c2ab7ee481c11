package org.thalweg.objective.compiled.kernel;

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
public record Pairing(INDArray input, INDArray weight, INDArray delta, Moving moving) {

    /** What a kernel may keep from one product to the next follows from what stays. */
    public enum Moving {
        NOTHING,
        DELTA,
        INPUT_AND_WEIGHT
    }

    /** The pairing of a gradient. */
    static Pairing atParameters(Site site, Weights weight) {
        return new Pairing(site.input(0), weight.value(), site.outputDelta(), Moving.NOTHING);
    }

    /** The pairing of a product in which the gradient moves along the direction. */
    static Pairing ofDeltaTangent(Site site, Weights weight) {
        return new Pairing(site.input(0), weight.value(), site.outputDeltaTangent(), Moving.DELTA);
    }

    /** The pairing of a product in which input and weights move along the direction. */
    static Pairing ofInputTangent(Site site, Weights weight) {
        return new Pairing(site.inputTangent(0), weight.tangent(), site.outputDelta(), Moving.INPUT_AND_WEIGHT);
    }

    Pairing withWeight(INDArray other) {
        return new Pairing(input, other, delta, moving);
    }
}
