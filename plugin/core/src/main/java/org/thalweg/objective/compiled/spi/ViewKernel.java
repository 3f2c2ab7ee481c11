package org.thalweg.objective.compiled.spi;

/**
 * A kernel whose output is a view of its input: a slice, or the axes in another order. The forward pass records
 * nothing; the gradient of each view is added to the whole's.
 *
 * @since 0.2.0
 */
public interface ViewKernel extends Kernel {

    /** The view of a tensor with the input's shape, {@code [n, ...]}. */
    Tensor view(Tensor input);

    @Override
    default boolean acceptsView(Value input) {
        return true;
    }

    @Override
    default boolean keepsOutputDelta() {
        return false;
    }

    @Override
    default void forward(KernelContext context) {
        throw new UnsupportedOperationException("a view records nothing");
    }

    @Override
    default void backward(KernelContext context) {
        throw new UnsupportedOperationException("a view records nothing");
    }

    @Override
    default void tangentForward(KernelContext context) {
        throw new UnsupportedOperationException("a view records nothing");
    }

    @Override
    default void tangentBackward(KernelContext context) {
        throw new UnsupportedOperationException("a view records nothing");
    }
}
