package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/**
 * The maximum of each window, over any number of axes and with gaps; the first tap's in case of ties. Derivatives keep
 * the pattern of maxima at the parameters, as in automatic differentiation.
 *
 * @param window which
 */
public record WindowMaximum(TapWindow window) implements Kernel {

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        tape.fill(Double.NEGATIVE_INFINITY, context.output());
        for (int tap = 0; tap < window.taps(); tap++) {
            window.ofTap(tap, context.input(0), context.output(), (from, to) -> tape.maximum(to, from, to));
        }
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        Tensor free = context.scratch(context.output().shape());
        tape.fill(1, free);
        for (int tap = 0; tap < window.taps(); tap++) {
            // One where the tap is the maximum and no earlier tap was.
            Tensor pattern = pattern(context, tap);
            tape.copy(context.output(), pattern);
            window.ofTap(tap, context.input(0), pattern, (from, to) -> tape.subtract(to, from, to));
            outside(context, tap, pattern);
            tape.function(UnaryFunction.STEP, pattern, pattern);
            tape.scale(-1, pattern, pattern);
            tape.shift(pattern, 1, pattern);
            tape.multiply(pattern, free, pattern);
            tape.subtract(free, pattern, free);
        }
        spread(context, context.outputDelta(), context.inputDelta(0));
    }

    /** A tap in the padding is never the maximum. */
    private void outside(KernelContext context, int tap, Tensor pattern) {
        Tensor margin = context.scratch(pattern.shape());
        context.tape().fill(1, margin);
        window.ofTap(tap, context.input(0), margin, (from, to) -> context.tape().fill(0, to));
        Tensor inside = context.scratch(pattern.shape());
        context.tape().fill(0, inside);
        window.ofTap(tap, context.input(0), inside, (from, to) -> context.tape().fill(1, to));
        context.tape().multiply(pattern, inside, pattern);
        context.tape().add(pattern, margin, pattern);
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Tensor part = context.scratch(context.output().shape());
        tape.fill(0, context.outputTangent());
        for (int tap = 0; tap < window.taps(); tap++) {
            tape.fill(0, part);
            window.ofTap(tap, context.inputTangent(0), part, tape::copy);
            tape.multiply(part, pattern(context, tap), part);
            tape.add(context.outputTangent(), part, context.outputTangent());
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        spread(context, context.outputDeltaTangent(), context.inputDeltaTangent(0));
    }

    private void spread(KernelContext context, Tensor output, Tensor input) {
        Tape tape = context.tape();
        Tensor part = context.scratch(output.shape());
        tape.fill(0, input);
        for (int tap = 0; tap < window.taps(); tap++) {
            tape.multiply(output, pattern(context, tap), part);
            window.ofTap(tap, input, part, (to, from) -> tape.add(to, from, to));
        }
    }

    private static Tensor pattern(KernelContext context, int tap) {
        return context.keep("pattern " + tap, context.output().shape());
    }
}
