package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/** y = f(x), element by element, for masks and values computed from masks. */
public final class MaskFunction extends PiecewiseConstant {

    private final UnaryFunction function;

    /** @param function f */
    public MaskFunction(UnaryFunction function) {
        this.function = function;
    }

    @Override
    public void forward(KernelContext context) {
        context.tape().function(function, context.input(0), context.output());
    }
}
