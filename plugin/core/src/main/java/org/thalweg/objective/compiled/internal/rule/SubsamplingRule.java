package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.thalweg.objective.compiled.internal.kernel.AveragePool;
import org.thalweg.objective.compiled.internal.kernel.MaxPool;
import org.thalweg.objective.compiled.internal.kernel.TapWindow;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.internal.kernel.WindowMaximum;
import org.thalweg.objective.compiled.internal.kernel.WindowMean;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Two-dimensional pools. */
public final class SubsamplingRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(SubsamplingLayer.class, Pooling2D.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        SubsamplingLayer layer = scope.as(SubsamplingLayer.class);
        Value images = scope.images(input);
        Window window = Windows.of(
                scope,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
        long[] shape = {window.outputHeight(images.size(0)), window.outputWidth(images.size(1)), images.channels()};
        boolean empty = layer.getPoolingType() == PoolingType.MAX
                || (layer.getPoolingType() == PoolingType.AVG && !layer.isAvgPoolIncludePadInDivisor());
        if (empty && !taps(layer, images).reachInside(new long[] {images.size(0), images.size(1)})) {
            throw scope.unsupported("has windows wholly in the padding, which have no maximum and no mean");
        }
        return switch (layer.getPoolingType()) {
            case MAX ->
                scope.step(
                        window.dilated() ? new WindowMaximum(taps(layer, images)) : new MaxPool(window), images, shape);
            case AVG -> scope.step(mean(layer, window, images, layer.isAvgPoolIncludePadInDivisor()), images, shape);
            case PNORM ->
                PowerMean.of(
                        scope,
                        images,
                        layer.getPnorm(),
                        powers -> scope.step(mean(layer, window, powers, true), powers, shape),
                        window.height() * window.width());
            default ->
                throw scope.unsupported(
                        "has " + layer.getPoolingType() + " pooling, which DL4J does not support either");
        };
    }

    private static Kernel mean(SubsamplingLayer layer, Window window, Value images, boolean countPadding) {
        return window.dilated()
                ? new WindowMean(taps(layer, images), countPadding)
                : new AveragePool(window, countPadding);
    }

    /** Windows with gaps, which ND4J's oneDNN pools ignore in single precision. */
    private static TapWindow taps(SubsamplingLayer layer, Value images) {
        return TapWindow.of(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode() == ConvolutionMode.Same,
                new long[] {images.size(0), images.size(1)});
    }
}
