package org.thalweg.objective.compiled.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of each window. */
public final class AveragePool extends LinearKernel {

    private final long[] arguments;

    /**
     * @param window which
     * @param countPadding whether padding counts in the divisor
     */
    public AveragePool(Window window, boolean countPadding) {
        arguments = window.arguments(countPadding ? 1 : 0, MaxPool.CHANNELS_LAST);
    }

    @Override
    int inputs() {
        return 1;
    }

    @Override
    void map(Site site, List<INDArray> inputs, INDArray output) {
        site.tape().op("avgpool2d").of(inputs.get(0)).integers(arguments).into(output);
    }

    @Override
    void transposed(Site site, INDArray output, int i, INDArray input) {
        // Of its first argument the op takes the shape alone.
        site.tape()
                .op("avgpool2d_bp")
                .of(site.input(0), output)
                .integers(arguments)
                .into(input);
    }
}
