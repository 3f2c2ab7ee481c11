package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** Repeats the input along an axis that only the output has: the adjoint of {@link AxisSum}. */
public final class Repetition extends LinearKernel {

    private final int axis;

    /** @param axis of an example of the output, numbered from 0 */
    public Repetition(int axis) {
        super(1);
        this.axis = axis;
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        long[] shape = output.shape();
        long times = shape[axis + 1];
        shape[axis + 1] = 1;
        context.tape().copy(inputs.get(0).reshape(shape).broadcast(axis + 1, times), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        context.tape().sum(output, input, axis + 1);
    }
}
