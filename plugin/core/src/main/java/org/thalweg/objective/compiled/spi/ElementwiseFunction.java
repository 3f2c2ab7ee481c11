package org.thalweg.objective.compiled.spi;

/**
 * A function of one number with its first two derivatives, applied to every element of a tensor.
 *
 * @since 0.2.0
 */
public interface ElementwiseFunction {

    /** A function that executors implement, with its derivatives. */
    static ElementwiseFunction of(UnaryFunction function, double... parameters) {
        return new KnownFunction(function, parameters);
    }

    /** Records y = f(x); y may be the same tensor as x. */
    void value(KernelContext context, Tensor x, Tensor y);

    /** Records slope = f'(x), with y = f(x) known. */
    void slope(KernelContext context, Tensor x, Tensor y, Tensor slope);

    /** Records second = f''(x), with y = f(x) known; never called if f'' is zero everywhere. */
    void secondDerivative(KernelContext context, Tensor x, Tensor y, Tensor second);

    /** Whether f'' is zero wherever it is defined. */
    default boolean piecewiseLinear() {
        return false;
    }

    /** Whether f commutes with a maximum, in its derivative too: non-decreasing, with f' = 0 or f strictly rising. */
    default boolean commutesWithMaximum() {
        return false;
    }
}
