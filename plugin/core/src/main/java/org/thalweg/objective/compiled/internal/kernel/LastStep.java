package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/**
 * One at the last unmasked step, zero elsewhere: s_t = m_t (1 - m_(t+1)) ... (1 - m_T), with m one where the mask is
 * not zero. Piecewise constant, like all masks.
 */
public final class LastStep extends PiecewiseConstant {

    private final boolean backwards;

    /** @param backwards whether the sequence is read from its end, so that the first step is the last */
    public LastStep(boolean backwards) {
        this.backwards = backwards;
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor mask = context.input(0);
        Tensor last = context.output();
        long time = mask.size(1);
        Tensor none = context.scratch(mask.size(0), 1);
        Tensor unmasked = context.scratch(mask.size(0), 1);
        Tensor one = context.scratch(mask.size(0), 1);
        tape.fill(1, none);
        for (long i = 0; i < time; i++) {
            long t = backwards ? i : time - 1 - i;
            tape.function(UnaryFunction.STEP, mask.slice(1, t, t + 1), one);
            tape.multiply(one, none, last.slice(1, t, t + 1));
            tape.scale(-1, one, unmasked);
            tape.shift(unmasked, 1, unmasked);
            tape.multiply(none, unmasked, none);
        }
    }
}
