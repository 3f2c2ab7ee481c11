package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/** The mean of each window, over any number of axes and with gaps. */
public final class WindowMean extends LinearKernel {

    private final TapWindow window;
    private final boolean countPadding;

    /** @param countPadding whether padding counts in the divisor */
    public WindowMean(TapWindow window, boolean countPadding) {
        super(1);
        this.window = window;
        this.countPadding = countPadding;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().fill(0, output);
        for (int tap = 0; tap < window.taps(); tap++) {
            window.ofTap(
                    tap, inputs.get(0), output, (part, some) -> context.tape().add(some, part, some));
        }
        context.tape().multiply(output, shares(context, inputs.get(0)), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        Tensor shared = context.scratch(output.shape());
        context.tape().multiply(output, shares(context, input), shared);
        context.tape().fill(0, input);
        for (int tap = 0; tap < window.taps(); tap++) {
            window.ofTap(tap, input, shared, (part, some) -> context.tape().add(part, some, part));
        }
    }

    /** One over the number of elements of each window. */
    private Tensor shares(KernelContext context, Tensor input) {
        long[] sizes = Arrays.copyOfRange(input.shape(), 1, 1 + window.outputs().length);
        long[] shape = window.shape(new long[] {1});
        return context.ofHost("shares", shape, () -> {
            double[] counts = window.insideCounts(sizes);
            Arrays.setAll(counts, k -> 1 / (countPadding ? window.taps() : counts[k]));
            return counts;
        });
    }
}
