package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** The sum over one axis of an example; the output does not have that axis. */
public final class AxisSum extends LinearKernel {

    private final int axis;

    /** @param axis of an example, numbered from 0 */
    public AxisSum(int axis) {
        super(1);
        this.axis = axis;
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().sum(inputs.get(0), output, axis + 1);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        long[] shape = input.shape();
        long size = shape[axis + 1];
        shape[axis + 1] = 1;
        context.tape().copy(output.reshape(shape).broadcast(axis + 1, size), input);
    }
}
