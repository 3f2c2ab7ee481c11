package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A kernel without weights that is linear in its inputs, so it is its own derivative.
 *
 * @since 0.2.0
 */
public abstract class LinearKernel implements Kernel {

    private final int inputs;

    /** @param inputs their number */
    protected LinearKernel(int inputs) {
        this.inputs = inputs;
    }

    /** Records the map itself. */
    protected abstract void map(KernelContext context, List<Tensor> inputs, Tensor output);

    /** Records the adjoint map from the output to input i, which it overwrites. */
    protected abstract void adjoint(KernelContext context, Tensor output, int i, Tensor input);

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
        for (int i = 0; i < inputs; i++) {
            if (context.active(i)) {
                adjoint(context, context.outputDelta(), i, context.inputDelta(i));
            }
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        map(context, all(context::inputTangent), context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        for (int i = 0; i < inputs; i++) {
            if (context.active(i)) {
                adjoint(context, context.outputDeltaTangent(), i, context.inputDeltaTangent(i));
            }
        }
    }

    private List<Tensor> all(IntFunction<Tensor> tensor) {
        return IntStream.range(0, inputs).mapToObj(tensor).toList();
    }
}
