package org.thalweg.objective.compiled.internal.rule;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.MaxPool;
import org.thalweg.objective.compiled.internal.kernel.TapWindow;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.internal.kernel.WindowMaximum;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * The windows that a convolution or a pool moves over sequences, which are treated as images one column wide.
 *
 * @param window over the steps; for a causal one, after its leading zeros
 * @param causal whether a window ends at its step
 */
record TimeWindow(Window window, boolean causal) {

    static TimeWindow of(LayerScope scope, Convolution1DLayer layer) {
        return of(
                scope,
                layer.getKernelSize()[0],
                layer.getStride()[0],
                layer.getPadding()[0],
                layer.getDilation()[0],
                layer.getConvolutionMode());
    }

    static TimeWindow of(LayerScope scope, Subsampling1DLayer layer) {
        return of(
                scope,
                layer.getKernelSize()[0],
                layer.getStride()[0],
                layer.getPadding()[0],
                layer.getDilation()[0],
                layer.getConvolutionMode());
    }

    private static TimeWindow of(
            LayerScope scope, int steps, int stride, int padding, int dilation, ConvolutionMode mode) {
        boolean causal = mode == ConvolutionMode.Causal;
        Window window = Windows.of(
                scope,
                new int[] {steps, 1},
                new int[] {stride, 1},
                new int[] {causal ? 0 : padding, 0},
                new int[] {dilation, 1},
                causal ? ConvolutionMode.Truncate : mode);
        return new TimeWindow(window, causal);
    }

    /**
     * The mask of the output: a step counts if one step of its window counts. For masks DL4J treats a causal window as
     * a same one.
     */
    @Nullable
    Value mask(LayerScope scope, @Nullable Value mask) {
        if (mask == null || ((causal || window.same()) && window.strideY() == 1)) {
            return mask;
        }
        Window pooled = causal
                ? new Window(window.height(), 1, window.strideY(), 1, 0, 0, window.dilationY(), 1, true)
                : window;
        TapWindow taps = taps(pooled, mask.size(0));
        if (!taps.reachInside(mask.shape())) {
            throw scope.unsupported("has an input with a mask and windows wholly in the padding, whose mask is"
                    + " -infinity in Deeplearning4j");
        }
        if (pooled.dilated()) {
            scope.requireDoubleMasks("has an input with a mask, which ND4J's oneDNN pools without the dilation unless"
                    + " it has the type DOUBLE: the steps of other windows than the layer's");
            return scope.step(new WindowMaximum(taps), mask, taps.shape(new long[0]));
        }
        long time = pooled.outputHeight(mask.size(0));
        Value column = scope.reshape(mask, mask.size(0), 1, 1);
        return scope.reshape(scope.step(new MaxPool(pooled), column, time, 1, 1), time);
    }

    private static TapWindow taps(Window window, long time) {
        return TapWindow.of(
                new int[] {window.height()},
                new int[] {window.strideY()},
                new int[] {window.padY()},
                new int[] {window.dilationY()},
                window.same(),
                new long[] {time});
    }
}
