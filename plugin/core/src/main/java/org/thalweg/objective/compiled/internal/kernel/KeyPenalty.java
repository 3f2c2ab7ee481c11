package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * What a mask {@code [n, time]} of keys adds to their scores: p_t = 10^9 (m_t - max m). A softmax of the sums then
 * ignores keys whose mask is less than the largest. ND4J's attention adds 10^9 (m_t - 1), which gives the same weights
 * in exact arithmetic, but rounds the scores of all keys away where no mask is 1: to 10^-7 in double precision, to 64 in
 * single.
 */
public final class KeyPenalty extends PiecewiseConstant {

    private static final double MUCH = 1e9;

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor mask = context.input(0);
        Tensor most = context.scratch(mask.size(0), 1);
        tape.copy(mask.slice(1, 0, 1), most);
        for (long t = 1; t < mask.size(1); t++) {
            tape.maximum(most, mask.slice(1, t, t + 1), most);
        }
        tape.subtract(mask, most, context.output());
        tape.scale(MUCH, context.output(), context.output());
    }
}
