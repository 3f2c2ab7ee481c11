package org.thalweg.objective.compiled.internal.rule;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.LayerScope;

/** DL4J's settings of windows. */
public final class Windows {

    private Windows() {}

    /** The settings of a convolution. */
    static Window of(LayerScope scope, ConvolutionLayer layer) {
        return of(
                scope,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
    }

    public static Window of(
            LayerScope scope, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        if (mode == ConvolutionMode.Causal) {
            throw scope.unsupported("has the convolution mode Causal, which is for sequences");
        }
        boolean same = mode == ConvolutionMode.Same;
        // A single tap has no gaps, whatever its dilation says.
        return new Window(
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                same ? 0 : padding[0],
                same ? 0 : padding[1],
                kernel[0] == 1 ? 1 : dilation[0],
                kernel[1] == 1 ? 1 : dilation[1],
                same);
    }
}
