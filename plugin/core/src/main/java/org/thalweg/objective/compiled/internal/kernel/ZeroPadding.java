package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/** Zeros around an image. */
public final class ZeroPadding extends LinearKernel {

    private final int top;
    private final int bottom;
    private final int left;
    private final int right;

    public ZeroPadding(int top, int bottom, int left, int right) {
        super(1);
        this.top = top;
        this.bottom = bottom;
        this.left = left;
        this.right = right;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().pad(inputs.get(0), output, 0, 0, top, bottom, left, right, 0, 0);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        Tensor inside = output.slice(1, top, top + input.size(1)).slice(2, left, left + input.size(2));
        context.tape().copy(inside, input);
    }
}
