package org.thalweg.objective.compiled.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;

/** y = a b, element by element. */
public final class ElementwiseProduct implements Kernel {

    @Override
    public void forward(KernelContext context) {
        Ops.multiply(context.tape(), context.input(0), context.input(1), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        for (int i = 0; i < 2; i++) {
            if (context.active(i)) {
                Ops.multiply(context.tape(), context.outputDelta(), context.input(1 - i), context.inputDelta(i));
            }
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        INDArray product = context.scratch(context.output().shape());
        Ops.multiply(context.tape(), context.inputTangent(0), context.input(1), context.outputTangent());
        Ops.multiply(context.tape(), context.input(0), context.inputTangent(1), product);
        Ops.add(context.tape(), context.outputTangent(), product, context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        INDArray product = context.scratch(context.output().shape());
        for (int i = 0; i < 2; i++) {
            if (context.active(i)) {
                INDArray result = context.inputDeltaTangent(i);
                Ops.multiply(tape, context.outputDeltaTangent(), context.input(1 - i), result);
                Ops.multiply(tape, context.outputDelta(), context.inputTangent(1 - i), product);
                Ops.add(tape, result, product, result);
            }
        }
    }
}
