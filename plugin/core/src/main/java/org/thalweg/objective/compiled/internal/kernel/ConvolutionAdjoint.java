package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.KernelContext;

/** The adjoints of a convolution without dilation, with respect to its input and its weights. */
interface ConvolutionAdjoint {

    /** Records the gradients with respect to input and weights, but not the bias. */
    void record(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs);

    /** The faster implementation for a window on the tape's executor. */
    static ConvolutionAdjoint of(KernelContext context, Window window) {
        return context.onHost() && SeparateAdjoint.covers(window)
                ? new SeparateAdjoint(window)
                : new JointAdjoint(window);
    }
}
