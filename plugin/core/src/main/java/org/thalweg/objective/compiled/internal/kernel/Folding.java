package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/** The adjoint of {@link Unfolding}: adds the elements of windows to where they came from. */
public final class Folding extends LinearKernel {

    private final TapWindow window;

    public Folding(TapWindow window) {
        super(1);
        this.window = window;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        Unfolding.fold(context, window, inputs.get(0), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        Unfolding.unfold(context, window, output, input);
    }
}
