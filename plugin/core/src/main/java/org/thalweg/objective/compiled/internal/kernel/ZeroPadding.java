package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/** Zeros around an image, a volume or a sequence. */
public final class ZeroPadding extends LinearKernel {

    private final long[] widths;

    /** @param widths zeros before and after the first axis of an example, then the next, up to the channels */
    public ZeroPadding(long... widths) {
        super(1);
        this.widths = widths.clone();
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        long[] all = new long[2 * output.rank()];
        System.arraycopy(widths, 0, all, 2, widths.length);
        context.tape().pad(inputs.get(0), output, all);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        Tensor inside = output;
        for (int axis = 1; 2 * axis <= widths.length; axis++) {
            long before = widths[2 * axis - 2];
            inside = inside.slice(axis, before, before + input.size(axis));
        }
        context.tape().copy(inside, input);
    }
}
