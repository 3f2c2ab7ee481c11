package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;

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
    public int inputs() {
        return 1;
    }

    @Override
    public void map(KernelContext context, List<INDArray> inputs, INDArray output) {
        context.tape().op("avgpool2d").of(inputs.get(0)).integers(arguments).into(output);
    }

    @Override
    public void transposed(KernelContext context, INDArray output, int i, INDArray input) {
        // Of its first argument the op takes the shape alone.
        context.tape()
                .op("avgpool2d_bp")
                .of(context.input(0), output)
                .integers(arguments)
                .into(input);
    }
}
