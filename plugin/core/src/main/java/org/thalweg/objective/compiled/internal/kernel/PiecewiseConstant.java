package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;

/** A kernel of one input whose derivative is zero, such as masks; mostly of values that depend on the probe alone. */
abstract class PiecewiseConstant implements Kernel {

    @Override
    public final boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public final void backward(KernelContext context) {
        context.tape().fill(0, context.inputDelta(0));
    }

    @Override
    public final void tangentForward(KernelContext context) {
        context.tape().fill(0, context.outputTangent());
    }

    @Override
    public final void tangentBackward(KernelContext context) {
        context.tape().fill(0, context.inputDeltaTangent(0));
    }
}
