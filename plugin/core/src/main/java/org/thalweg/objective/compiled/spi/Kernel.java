package org.thalweg.objective.compiled.spi;

/**
 * The mathematics of one kind of step: how its value, its gradient, and their derivatives along a direction of
 * parameter space are computed. Each method records ops on the {@linkplain KernelContext#tape() tape} once; the tape
 * then runs for any number of parameters and directions. With x the inputs, w the weights, y the output, d the gradient
 * of the loss with respect to a value, and R the derivative along a direction (R w is given):
 *
 * <ul>
 *   <li>{@link #forward}: y from x and w
 *   <li>{@link #backward}: d x and d w from d y
 *   <li>{@link #tangentForward}: R y from R x and R w
 *   <li>{@link #tangentBackward}: R d x and R d w from R d y, R x and R w; R d w is a block of the product H R w
 * </ul>
 *
 * The last two are the R-operator of B. A. Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6
 * (1994). {@link LinearKernel}, {@link AffineKernel} and {@link ElementwiseKernel} derive all four from a map and its
 * adjoint, or from a function and its derivatives.
 *
 * <p>Images have the shape {@code [n, height, width, channels]}, vectors {@code [n, size]}. A kernel is immutable and
 * has no parameters, batch sizes or tensors: those belong to the {@link KernelContext}, and batches of one network may
 * differ in size.
 *
 * @since 0.2.0
 */
public interface Kernel {

    void forward(KernelContext context);

    /** Records the gradients of active inputs and trainable weights; runs after {@link #forward} of the same step. */
    void backward(KernelContext context);

    /** Runs after {@link #backward} of the same step, whose kept tensors it may use. */
    void tangentForward(KernelContext context);

    /** Runs after {@link #tangentForward} of the same step. */
    void tangentBackward(KernelContext context);

    /**
     * Whether {@link #tangentForward} or {@link #tangentBackward} reads {@link KernelContext#outputDelta}; if neither
     * does, its memory is free after {@link #backward}.
     */
    default boolean keepsOutputDelta() {
        return true;
    }

    /** Whether {@link #forward} may write its output over its first input when only the value is needed. */
    default boolean overwritesInput() {
        return false;
    }

    /**
     * Whether this kernel can read an input that is a strided view; if it cannot, the view is copied first.
     *
     * @param input the view
     */
    default boolean acceptsView(Value input) {
        return false;
    }
}
