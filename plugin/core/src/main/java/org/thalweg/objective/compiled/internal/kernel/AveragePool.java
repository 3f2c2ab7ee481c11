package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/** The mean of each window. */
public final class AveragePool extends LinearKernel {

    private final long[] arguments;

    /**
     * @param window which
     * @param countPadding whether padding counts in the divisor
     */
    public AveragePool(Window window, boolean countPadding) {
        super(1);
        arguments = window.arguments(countPadding ? 1 : 0);
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().averagePool(Images.of(inputs.get(0)), Images.of(output), arguments);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        context.tape().averagePoolAdjoint(Images.of(context.input(0)), Images.of(output), Images.of(input), arguments);
    }
}
