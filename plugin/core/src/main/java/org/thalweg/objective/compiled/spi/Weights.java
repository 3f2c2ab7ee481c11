package org.thalweg.objective.compiled.spi;

/**
 * A parameter array of a step, in the kernel's layout, or a constant. Several steps may read one array (tied weights, the
 * steps of a sequence); the gradient of the array is the sum of theirs.
 *
 * <p>There are two ways to hand in a gradient. {@link #gradient} is a tensor that the kernel overwrites with its own share;
 * where the array has other readers the context adds the share afterwards. {@link #gradientTarget} spares that pass to
 * kernels that can add as they write. The tensors are those of the method that is being recorded: they are asked for
 * anew in each.
 *
 * @since 0.2.0
 */
public interface Weights {

    /** The numbers, in the layout's packed shape or a slice of it. */
    Tensor value();

    /** Whether it is a parameter of the objective; only then it has the tensors below. */
    boolean trainable();

    /** Where this step's share of the gradient is written to. */
    Tensor gradient();

    /** Where the gradient goes, for kernels that can add. */
    GradientTarget gradientTarget();

    /** The direction's components. */
    Tensor tangent();

    /** Where this step's share of the derivative of the gradient along the direction is written to. */
    Tensor gradientTangent();

    /** Where the derivative of the gradient along the direction goes, for kernels that can add. */
    GradientTarget gradientTangentTarget();
}
