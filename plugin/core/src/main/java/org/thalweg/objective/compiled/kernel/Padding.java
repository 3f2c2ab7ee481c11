package org.thalweg.objective.compiled.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Zeros around an image. */
public final class Padding extends LinearKernel {

    private final int top;
    private final int bottom;
    private final int left;
    private final int right;

    public Padding(int top, int bottom, int left, int right) {
        this.top = top;
        this.bottom = bottom;
        this.left = left;
        this.right = right;
    }

    @Override
    int inputs() {
        return 1;
    }

    @Override
    void map(Site site, List<INDArray> inputs, INDArray output) {
        INDArray widths = Nd4j.createFromArray(new int[][] {{0, 0}, {top, bottom}, {left, right}, {0, 0}});
        site.tape().op("pad").of(inputs.get(0), widths).integers(0).reals(0).into(output);
    }

    @Override
    void transposed(Site site, INDArray output, int i, INDArray input) {
        INDArray inside = output.get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(top, top + input.size(1)),
                NDArrayIndex.interval(left, left + input.size(2)),
                NDArrayIndex.all());
        site.tape().add(() -> input.assign(inside));
    }
}
