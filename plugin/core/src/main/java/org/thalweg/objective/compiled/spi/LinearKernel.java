package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A kernel without weights that is linear in its inputs: it is its own derivative. */
public abstract class LinearKernel implements Kernel {

    /** Records the map itself. */
    public abstract void map(KernelContext context, List<INDArray> inputs, INDArray output);

    /** Records the transposed map: what arrives at the output goes to input i. */
    public abstract void transposed(KernelContext context, INDArray output, int i, INDArray input);

    public abstract int inputs();

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        map(context, all(context::input), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        for (int i = 0; i < inputs(); i++) {
            if (context.active(i)) {
                transposed(context, context.outputDelta(), i, context.inputDelta(i));
            }
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        map(context, all(context::inputTangent), context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        for (int i = 0; i < inputs(); i++) {
            if (context.active(i)) {
                transposed(context, context.outputDeltaTangent(), i, context.inputDeltaTangent(i));
            }
        }
    }

    private List<INDArray> all(IntFunction<INDArray> array) {
        return IntStream.range(0, inputs()).mapToObj(array).toList();
    }
}
