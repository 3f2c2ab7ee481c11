package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Reverses the steps of sequences {@code [time, size]}: a product with a permutation of each example's steps, which is
 * its own inverse. If there is a mask as a second input, the unmasked steps are reversed among themselves and the
 * others become zero.
 */
public final class TimeReversal extends LinearKernel {

    private static final double[] NO_REALS = {};

    private final boolean masked;

    /** @param masked whether there is a mask */
    public TimeReversal(boolean masked) {
        super(1);
        this.masked = masked;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().matmul(order(context), false, inputs.get(0), false, output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        context.tape().matmul(order(context), true, output, false, input);
    }

    private Tensor order(KernelContext context) {
        long time = context.output().size(1);
        long[] shape = {context.examples(), time, time};
        Tensor mask = masked ? context.input(1) : context.zeros(context.examples(), time);
        return context.ofProbe(
                "order",
                shape,
                (tape, order) ->
                        tape.host(ReversedOrder.NAME, List.of(mask), List.of(order), NO_REALS, time, masked ? 1 : 0));
    }
}
