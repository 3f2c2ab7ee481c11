package org.thalweg.objective.compiled.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * y = f(x), element by element.
 *
 * @param activation f
 */
public record ElementwiseKernel(ElementwiseFunction activation) implements Kernel {

    private static final String SLOPE = "slope";
    private static final String BEND = "bend";

    @Override
    public boolean overwritesInput() {
        return true;
    }

    @Override
    public boolean keepsOutputDelta() {
        // The product has the gradient in the bend already.
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        activation.value(context.tape(), context.input(0), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        INDArray x = context.input(0);
        INDArray y = context.output();
        if (context.purpose().hasProducts()) {
            INDArray slope = context.keep(SLOPE, x.shape());
            activation.slope(tape, x, y, slope);
            Ops.multiply(tape, slope, context.outputDelta(), context.inputDelta(0));
            if (!activation.piecewiseLinear()) {
                INDArray bend = context.keep(BEND, x.shape());
                activation.bend(tape, x, y, bend);
                Ops.multiply(tape, bend, context.outputDelta(), bend);
            }
        } else {
            INDArray slope = context.inputDelta(0);
            activation.slope(tape, x, y, slope);
            Ops.multiply(tape, slope, context.outputDelta(), slope);
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        INDArray slope = context.keep(SLOPE, context.input(0).shape());
        Ops.multiply(context.tape(), slope, context.inputTangent(0), context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        long[] shape = context.input(0).shape();
        Ops.multiply(tape, context.keep(SLOPE, shape), context.outputDeltaTangent(), context.inputDeltaTangent(0));
        if (!activation.piecewiseLinear()) {
            INDArray product = context.scratch(shape);
            Ops.multiply(tape, context.keep(BEND, shape), context.inputTangent(0), product);
            Ops.add(tape, context.inputDeltaTangent(0), product, context.inputDeltaTangent(0));
        }
    }
}
