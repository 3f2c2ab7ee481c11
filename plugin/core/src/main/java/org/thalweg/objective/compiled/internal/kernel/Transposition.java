package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** An example's axes in another order. */
public final class Transposition extends LinearKernel {

    private final int[] axes;

    /** @param axes the example's axes, numbered from 0, in their new order */
    public Transposition(int... axes) {
        super(1);
        this.axes = axes.clone();
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().copy(inputs.get(0).permute(withExamples(axes)), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        int[] inverse = new int[axes.length];
        for (int to = 0; to < axes.length; to++) {
            inverse[axes[to]] = to;
        }
        context.tape().copy(output.permute(withExamples(inverse)), input);
    }

    private static int[] withExamples(int[] axes) {
        int[] all = new int[axes.length + 1];
        for (int i = 0; i < axes.length; i++) {
            all[i + 1] = axes[i] + 1;
        }
        return all;
    }
}
