package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * y = x + 10^9 (m - 1) along the last axis, with a mask m as the second input. A softmax of y then ignores masked
 * elements, as in ND4J's attention.
 */
public final class KeyMasking implements Kernel {

    private static final double MUCH = 1e9;

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor mask = context.input(1);
        long[] shape = context.output().shape();
        for (int axis = 1; axis < shape.length - 1; axis++) {
            shape[axis] = 1;
        }
        Tensor rest = context.scratch(mask.shape());
        tape.shift(mask, -1, rest);
        tape.scale(MUCH, rest, rest);
        tape.add(context.input(0), rest.reshape(shape), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        context.tape().copy(context.outputDelta(), context.inputDelta(0));
        if (context.active(1)) {
            context.tape().fill(0, context.inputDelta(1));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        context.tape().copy(context.inputTangent(0), context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        context.tape().copy(context.outputDeltaTangent(), context.inputDeltaTangent(0));
        if (context.active(1)) {
            context.tape().fill(0, context.inputDeltaTangent(1));
        }
    }
}
