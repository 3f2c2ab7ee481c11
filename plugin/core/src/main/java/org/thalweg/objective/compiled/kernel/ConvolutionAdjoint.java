package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The transposed maps of a convolution without dilation: from its output back to its input and its weights. */
interface ConvolutionAdjoint {

    /**
     * Records the gradients of {@code <delta, x * W>}.
     *
     * @param inputDelta gradient with respect to x, null if not wanted
     * @param gradient gradient with respect to W, null if not wanted
     * @param add whether they are added to what is there
     */
    void record(
            Site site,
            INDArray x,
            INDArray weight,
            INDArray delta,
            @Nullable INDArray inputDelta,
            @Nullable INDArray gradient,
            boolean add);

    /** The faster way for a window on this backend. */
    static ConvolutionAdjoint of(Window window) {
        boolean host = Nd4j.getEnvironment().isCPU();
        return host && SeparateAdjoint.covers(window) ? new SeparateAdjoint(window) : new JointAdjoint(window);
    }
}
