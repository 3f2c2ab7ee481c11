package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The largest of several inputs of one shape, element by element, the first one in case of ties. Derivatives keep the
 * pattern at the parameters, as in automatic differentiation.
 *
 * @param inputs their number
 */
public record Maximum(int inputs) implements Kernel {

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        context.tape().copy(context.input(0), context.output());
        for (int i = 1; i < inputs; i++) {
            context.tape().maximum(context.output(), context.input(i), context.output());
        }
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        Tensor free = context.scratch(context.output().shape());
        tape.fill(1, free);
        for (int i = 0; i < inputs; i++) {
            Tensor pattern = pattern(context, i);
            FirstMaximum.pattern(tape, context.output(), context.input(i), free, pattern);
            if (context.active(i)) {
                tape.multiply(context.outputDelta(), pattern, context.inputDelta(i));
            }
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Tensor part = context.scratch(context.output().shape());
        tape.fill(0, context.outputTangent());
        for (int i = 0; i < inputs; i++) {
            if (context.active(i)) {
                tape.multiply(context.inputTangent(i), pattern(context, i), part);
                tape.add(context.outputTangent(), part, context.outputTangent());
            }
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        for (int i = 0; i < inputs; i++) {
            if (context.active(i)) {
                context.tape()
                        .multiply(context.outputDeltaTangent(), pattern(context, i), context.inputDeltaTangent(i));
            }
        }
    }

    private static Tensor pattern(KernelContext context, int i) {
        return context.keep("pattern " + i, context.output().shape());
    }
}
