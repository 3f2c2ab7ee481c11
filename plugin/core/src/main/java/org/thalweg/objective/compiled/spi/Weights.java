package org.thalweg.objective.compiled.spi;

/**
 * A parameter array of a step, in the kernel's layout, or a constant. Several steps may read one array (tied weights, the
 * steps of a sequence); the gradient of the array is the sum of theirs.
 *
 * <p>There are two ways to return a gradient. {@link #gradient} is a tensor that the kernel overwrites with its own
 * share; if the array has other readers, the context adds the share afterwards. {@link #gradientTarget} saves this pass
 * for kernels that can add while they write. The tensors belong to the method that is being recorded, so each method
 * must ask for them again.
 *
 * @since 0.2.0
 */
public interface Weights {

    /** The numbers, in the layout's packed shape or a slice of it. */
    Tensor value();

    /** Whether it is a parameter of the objective; only then do the tensors below exist. */
    boolean trainable();

    /** Where the step writes its share of the gradient. */
    Tensor gradient();

    /** The target of the gradient, for kernels that can add. */
    GradientTarget gradientTarget();

    /** The direction's components. */
    Tensor tangent();

    /** Where the step writes its share of the derivative of the gradient along the direction. */
    Tensor gradientTangent();

    /** The target of the derivative of the gradient along the direction, for kernels that can add. */
    GradientTarget gradientTangentTarget();
}
