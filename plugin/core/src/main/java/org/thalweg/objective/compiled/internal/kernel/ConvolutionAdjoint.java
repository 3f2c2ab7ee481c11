package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.KernelContext;

/** The adjoints of a convolution without dilation: from its output back to its input and its weights. */
interface ConvolutionAdjoint {

    /** Records the gradients with respect to input and weights, not that of the bias. */
    void record(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs);

    /** The faster way for a window where the tape runs. */
    static ConvolutionAdjoint of(KernelContext context, Window window) {
        return context.onHost() && SeparateAdjoint.covers(window)
                ? new SeparateAdjoint(window)
                : new JointAdjoint(window);
    }
}
