package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** y = a b, element by element; axes of size 1 in b are broadcast. */
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
                multiply(context, context.outputDelta(), context.input(1 - i), context.inputDelta(i), false);
            }
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Tensor product = context.scratch(context.output().shape());
        tape.multiply(context.input(0), context.inputTangent(1), context.outputTangent());
        tape.multiply(context.inputTangent(0), context.input(1), product);
        tape.add(context.outputTangent(), product, context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        for (int i = 0; i < 2; i++) {
            if (context.active(i)) {
                Tensor result = context.inputDeltaTangent(i);
                multiply(context, context.outputDeltaTangent(), context.input(1 - i), result, false);
                multiply(context, context.outputDelta(), context.inputTangent(1 - i), result, true);
            }
        }
    }

    /** Records the product, summed over the axes along which the result is broadcast. */
    private static void multiply(KernelContext context, Tensor x, Tensor y, Tensor result, boolean add) {
        if (result.length() == x.length() && !add) {
            context.tape().multiply(x, y, result);
            return;
        }
        Tensor product = context.scratch(x.shape());
        context.tape().multiply(x, y, product);
        BroadcastSum.record(context, product, new GradientTarget(result, add));
    }
}
