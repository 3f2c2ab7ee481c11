package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Ops;

/** Inputs side by side on the last axis. */
public final class Concatenation extends LinearKernel {

    private final long[] channels;

    /** @param channels how many each input has */
    public Concatenation(long... channels) {
        this.channels = channels.clone();
    }

    @Override
    public int inputs() {
        return channels.length;
    }

    @Override
    public void map(KernelContext context, List<INDArray> inputs, INDArray output) {
        context.tape()
                .op("concat")
                .of(inputs.toArray(new INDArray[0]))
                .integers(output.rank() - 1)
                .into(output);
    }

    @Override
    public void transposed(KernelContext context, INDArray output, int i, INDArray input) {
        long first = 0;
        for (int before = 0; before < i; before++) {
            first += channels[before];
        }
        INDArrayIndex part = NDArrayIndex.interval(first, first + channels[i]);
        INDArray view = Ops.rows(output).get(NDArrayIndex.all(), part);
        INDArray target = Ops.rows(input);
        context.tape().add(() -> target.assign(view));
    }
}
