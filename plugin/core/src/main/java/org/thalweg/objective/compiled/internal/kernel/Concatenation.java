package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** Inputs joined along one axis. */
public final class Concatenation extends LinearKernel {

    private final int axis;
    private final long[] sizes;

    /**
     * @param axis of an example, numbered from 0
     * @param sizes of the inputs on that axis
     */
    public Concatenation(int axis, long... sizes) {
        super(sizes.length);
        this.axis = axis;
        this.sizes = sizes.clone();
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().concatenate(inputs, axis + 1, output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        long first = 0;
        for (int before = 0; before < i; before++) {
            first += sizes[before];
        }
        context.tape().copy(output.slice(axis + 1, first, first + sizes[i]), input);
    }
}
