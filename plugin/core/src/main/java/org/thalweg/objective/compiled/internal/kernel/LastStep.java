package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/**
 * One at the last step of a mask that is not masked, zero elsewhere: s_t = m_t (1 - m_(t+1)) ... (1 - m_T). Piecewise
 * constant, as masks are.
 *
 * @param backwards whether the first step is the last one
 */
public record LastStep(boolean backwards) implements Kernel {

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor mask = context.input(0);
        Tensor last = context.output();
        long time = mask.size(1);
        Tensor none = context.scratch(mask.size(0), 1);
        Tensor unmasked = context.scratch(mask.size(0), 1);
        tape.fill(1, none);
        for (long i = 0; i < time; i++) {
            long t = backwards ? i : time - 1 - i;
            Tensor one = mask.slice(1, t, t + 1);
            tape.multiply(one, none, last.slice(1, t, t + 1));
            tape.scale(-1, one, unmasked);
            tape.shift(unmasked, 1, unmasked);
            tape.multiply(none, unmasked, none);
        }
    }

    @Override
    public void backward(KernelContext context) {
        context.tape().fill(0, context.inputDelta(0));
    }

    @Override
    public void tangentForward(KernelContext context) {
        context.tape().fill(0, context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        context.tape().fill(0, context.inputDeltaTangent(0));
    }
}
