package org.thalweg.example;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** y = x^2, with dx = 2 x dy, R y = 2 x R x and R dx = 2 (R x dy + x R dy). */
public final class Square implements Kernel {

    @Override
    public void forward(KernelContext context) {
        context.tape().multiply(context.input(0), context.input(0), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        twice(context.tape(), context.input(0), context.outputDelta(), context.inputDelta(0));
    }

    @Override
    public void tangentForward(KernelContext context) {
        twice(context.tape(), context.input(0), context.inputTangent(0), context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor result = context.inputDeltaTangent(0);
        Tensor part = context.scratch(result.shape());
        twice(tape, context.input(0), context.outputDeltaTangent(), result);
        twice(tape, context.inputTangent(0), context.outputDelta(), part);
        tape.add(result, part, result);
    }

    private static void twice(Tape tape, Tensor x, Tensor y, Tensor z) {
        tape.multiply(x, y, z);
        tape.scale(2, z, z);
    }
}
