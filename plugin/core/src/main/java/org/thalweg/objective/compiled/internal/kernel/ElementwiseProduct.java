package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** y = a b, element by element, of inputs of one shape. */
public final class ElementwiseProduct implements Kernel {

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    public void forward(KernelContext context) {
        context.tape().multiply(context.input(0), context.input(1), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        for (int i = 0; i < 2; i++) {
            if (context.active(i)) {
                context.tape().multiply(context.outputDelta(), context.input(1 - i), context.inputDelta(i));
            }
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Tensor product = context.scratch(context.output().shape());
        tape.multiply(context.inputTangent(0), context.input(1), context.outputTangent());
        tape.multiply(context.input(0), context.inputTangent(1), product);
        tape.add(context.outputTangent(), product, context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor product = context.scratch(context.output().shape());
        for (int i = 0; i < 2; i++) {
            if (context.active(i)) {
                Tensor result = context.inputDeltaTangent(i);
                tape.multiply(context.outputDeltaTangent(), context.input(1 - i), result);
                tape.multiply(context.outputDelta(), context.inputTangent(1 - i), product);
                tape.add(result, product, result);
            }
        }
    }
}
