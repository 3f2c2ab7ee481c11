package org.thalweg.objective.compiled.spi;

/**
 * y = f(x), element by element.
 *
 * @param function f
 * @since 0.2.0
 */
public record ElementwiseKernel(ElementwiseFunction function) implements Kernel {

    private static final String SLOPE = "slope";
    private static final String SECOND_DERIVATIVE = "second derivative";

    @Override
    public boolean overwritesInput() {
        return true;
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    public boolean keepsOutputDelta() {
        // The kept second derivative already includes the gradient.
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        function.value(context, context.input(0), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        Tensor x = context.input(0);
        Tensor y = context.output();
        if (context.kind().hasProducts()) {
            Tensor slope = context.keep(SLOPE, x.shape());
            function.slope(context, x, y, slope);
            tape.multiply(slope, context.outputDelta(), context.inputDelta(0));
            if (!function.piecewiseLinear()) {
                Tensor second = context.keep(SECOND_DERIVATIVE, x.shape());
                function.secondDerivative(context, x, y, second);
                tape.multiply(second, context.outputDelta(), second);
            }
        } else {
            Tensor slope = context.inputDelta(0);
            function.slope(context, x, y, slope);
            tape.multiply(slope, context.outputDelta(), slope);
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tensor slope = context.keep(SLOPE, context.input(0).shape());
        context.tape().multiply(slope, context.inputTangent(0), context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        long[] shape = context.input(0).shape();
        Tensor result = context.inputDeltaTangent(0);
        tape.multiply(context.keep(SLOPE, shape), context.outputDeltaTangent(), result);
        if (!function.piecewiseLinear()) {
            Tensor product = context.scratch(shape);
            tape.multiply(context.keep(SECOND_DERIVATIVE, shape), context.inputTangent(0), product);
            tape.add(result, product, result);
        }
    }
}
