package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** The input in memory of its own, with its axes of size 1 as long as the output's. */
public final class Copy extends LinearKernel {

    public Copy() {
        super(1);
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().copy(inputs.get(0), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        BroadcastSum.record(context, output, new GradientTarget(input, false));
    }
}
