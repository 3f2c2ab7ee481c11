package org.thalweg.objective.compiled.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Inputs side by side on the last axis. */
public final class Concatenation extends LinearKernel {

    private final long[] channels;

    /** @param channels how many each input has */
    public Concatenation(long... channels) {
        this.channels = channels.clone();
    }

    @Override
    int inputs() {
        return channels.length;
    }

    @Override
    void map(Site site, List<INDArray> inputs, INDArray output) {
        site.tape()
                .op("concat")
                .of(inputs.toArray(new INDArray[0]))
                .integers(output.rank() - 1)
                .into(output);
    }

    @Override
    void transposed(Site site, INDArray output, int i, INDArray input) {
        long first = 0;
        for (int before = 0; before < i; before++) {
            first += channels[before];
        }
        INDArrayIndex part = NDArrayIndex.interval(first, first + channels[i]);
        INDArray view = Ops.rows(output).get(NDArrayIndex.all(), part);
        INDArray target = Ops.rows(input);
        site.tape().add(() -> target.assign(view));
    }
}
