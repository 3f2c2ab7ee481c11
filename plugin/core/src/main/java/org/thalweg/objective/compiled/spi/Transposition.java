package org.thalweg.objective.compiled.spi;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An example's axes in another order. */
public final class Transposition extends LinearKernel {

    private final int[] axes;

    /** @param axes the example's axes, numbered from 0, in their new order */
    public Transposition(int... axes) {
        this.axes = axes.clone();
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public void map(KernelContext context, List<INDArray> inputs, INDArray output) {
        INDArray view = inputs.get(0).permute(withExamples(axes));
        context.tape().add(() -> output.assign(view));
    }

    @Override
    public void transposed(KernelContext context, INDArray output, int i, INDArray input) {
        int[] inverse = new int[axes.length];
        for (int to = 0; to < axes.length; to++) {
            inverse[axes[to]] = to;
        }
        INDArray view = output.permute(withExamples(inverse));
        context.tape().add(() -> input.assign(view));
    }

    private static int[] withExamples(int[] axes) {
        int[] all = new int[axes.length + 1];
        for (int i = 0; i < axes.length; i++) {
            all[i + 1] = axes[i] + 1;
        }
        return all;
    }
}
