package org.thalweg.objective.compiled.spi;

/**
 * A {@link UnaryFunction} with its parameters.
 *
 * @param function which
 * @param parameters its reals
 */
record KnownFunction(UnaryFunction function, double[] parameters) implements ElementwiseFunction {

    KnownFunction {
        if (!function.hasDerivatives()) {
            throw new IllegalArgumentException("the derivatives of " + function
                    + " are composed of other functions: write an ElementwiseFunction");
        }
        parameters = parameters.clone();
    }

    @Override
    public double[] parameters() {
        return parameters.clone();
    }

    @Override
    public void value(KernelContext context, Tensor x, Tensor y) {
        context.tape().function(function, x, y, parameters);
    }

    @Override
    public void slope(KernelContext context, Tensor x, Tensor y, Tensor slope) {
        context.tape().functionSlope(function, x, y, slope, parameters);
    }

    @Override
    public void secondDerivative(KernelContext context, Tensor x, Tensor y, Tensor second) {
        context.tape().functionSecondDerivative(function, x, y, second, parameters);
    }

    @Override
    public boolean piecewiseLinear() {
        return function.piecewiseLinear();
    }

    @Override
    public boolean commutesWithMaximum() {
        return function == UnaryFunction.RELU;
    }
}
