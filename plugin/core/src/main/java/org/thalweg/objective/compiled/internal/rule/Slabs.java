package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.thalweg.objective.compiled.internal.kernel.TapWindow;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.LayerScope;

/**
 * Splits the windows of a three-dimensional convolution into those over depth and those over height and width.
 *
 * @param mode DL4J's
 */
record Slabs(int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {

    static Slabs of(ConvolutionLayer layer) {
        return new Slabs(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
    }

    /** The windows over height and width. */
    Window window(LayerScope scope) {
        return Windows.of(scope, behind(kernel), behind(stride), behind(padding), behind(dilation), mode);
    }

    /** The windows over a depth. */
    TapWindow depth(long size) {
        return TapWindow.of(
                first(kernel),
                first(stride),
                first(padding),
                first(dilation),
                mode == ConvolutionMode.Same,
                new long[] {size});
    }

    /** The depth of the smallest volume with a given number of windows over its depth. */
    long inputDepth(long windows) {
        return mode == ConvolutionMode.Same
                ? windows * stride[0]
                : (windows - 1) * stride[0] + (kernel[0] - 1L) * dilation[0] + 1 - 2L * padding[0];
    }

    private static int[] first(int[] settings) {
        return Arrays.copyOf(settings, 1);
    }

    private static int[] behind(int[] settings) {
        return Arrays.copyOfRange(settings, 1, 3);
    }
}
