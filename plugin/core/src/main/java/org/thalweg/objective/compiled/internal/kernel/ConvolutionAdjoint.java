package org.thalweg.objective.compiled.internal.kernel;

import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.KernelContext;

/** The transposed maps of a convolution without dilation: from its output back to its input and its weights. */
public interface ConvolutionAdjoint {

    /** Records the gradients with respect to input and weights; that of the bias is none of its business. */
    void record(KernelContext context, AdjointInputs pairing, AdjointOutputs gradients);

    /** The faster way for a window on this backend. */
    static ConvolutionAdjoint of(Window window) {
        boolean host = Nd4j.getEnvironment().isCPU();
        return host && SeparateAdjoint.covers(window) ? new SeparateAdjoint(window) : new JointAdjoint(window);
    }
}
