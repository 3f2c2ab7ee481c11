package org.thalweg.objective.compiled.layer;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.thalweg.objective.compiled.kernel.Window;

/** DL4J's settings of windows. */
final class Windows {

    private Windows() {}

    static Window of(
            LayerScope scope, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        if (mode == ConvolutionMode.Causal) {
            throw scope.unsupported("has the convolution mode Causal, which is for sequences");
        }
        boolean same = mode == ConvolutionMode.Same;
        return new Window(
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                same ? 0 : padding[0],
                same ? 0 : padding[1],
                dilation[0],
                dilation[1],
                same);
    }
}
