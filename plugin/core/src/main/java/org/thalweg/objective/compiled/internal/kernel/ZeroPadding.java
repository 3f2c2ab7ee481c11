package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;

/** Zeros around an image. */
public final class ZeroPadding extends LinearKernel {

    private final int top;
    private final int bottom;
    private final int left;
    private final int right;

    public ZeroPadding(int top, int bottom, int left, int right) {
        this.top = top;
        this.bottom = bottom;
        this.left = left;
        this.right = right;
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public void map(KernelContext context, List<INDArray> inputs, INDArray output) {
        INDArray widths = Nd4j.createFromArray(new int[][] {{0, 0}, {top, bottom}, {left, right}, {0, 0}});
        context.tape().op("pad").of(inputs.get(0), widths).integers(0).reals(0).into(output);
    }

    @Override
    public void transposed(KernelContext context, INDArray output, int i, INDArray input) {
        INDArray inside = output.get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(top, top + input.size(1)),
                NDArrayIndex.interval(left, left + input.size(2)),
                NDArrayIndex.all());
        context.tape().add(() -> input.assign(inside));
    }
}
