package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.Convolution;
import org.thalweg.objective.compiled.internal.kernel.DepthwiseConvolution;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Convolutions of each channel separately, with or without a product over the channels after them. */
public final class DepthwiseConvolutionRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(DepthwiseConvolution2D.class, SeparableConvolution2D.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        ConvolutionLayer layer = scope.as(ConvolutionLayer.class);
        Value images = scope.dropped(scope.sized(scope.images(input), layer.getNIn()));
        Window window = Windows.of(scope, layer);
        Operand bias = layer.hasBias() ? scope.parameter("b") : null;
        Value maps;
        if (layer instanceof SeparableConvolution2D separable) {
            // DL4J's [multiplier, in, height, width] and [out, in multiplier, 1, 1].
            scope.pack("W", 2, 3, 1, 0);
            scope.pack("pW", 2, 3, 1, 0);
            maps = images.channels() == 1
                    ? ofOneChannel(scope, images, window, separable, bias)
                    : pointwise(
                            scope, depthwise(scope, images, window, separable.getDepthMultiplier(), null), layer, bias);
        } else {
            int multiplier = scope.as(DepthwiseConvolution2D.class).getDepthMultiplier();
            maps = depthwise(scope, images, window, multiplier, bias);
        }
        return scope.activated(maps, layer.getActivationFn());
    }

    /** ND4J leaves out the pointwise weights of a single channel, and fails unless there are as many outputs as maps. */
    private static Value ofOneChannel(
            LayerScope scope, Value images, Window window, SeparableConvolution2D layer, @Nullable Operand bias) {
        if (layer.getDepthMultiplier() != layer.getNOut()) {
            throw scope.unsupported("is a separable convolution of one channel with " + layer.getNOut()
                    + " outputs and the depth multiplier " + layer.getDepthMultiplier()
                    + ", with which ND4J fails unless they are equal");
        }
        return depthwise(scope, images, window, layer.getDepthMultiplier(), bias);
    }

    private static Value pointwise(LayerScope scope, Value maps, ConvolutionLayer layer, @Nullable Operand bias) {
        return scope.step(
                new Convolution(new Window(1, 1, 1, 1, 0, 0, 1, 1, false)),
                List.of(maps),
                AffineKernel.operands(scope.parameter("pW"), bias),
                maps.size(0),
                maps.size(1),
                layer.getNOut());
    }

    private static Value depthwise(
            LayerScope scope, Value images, Window window, long multiplier, @Nullable Operand bias) {
        return scope.step(
                new DepthwiseConvolution(window),
                List.of(images),
                AffineKernel.operands(scope.parameter("W"), bias),
                window.outputHeight(images.size(0)),
                window.outputWidth(images.size(1)),
                images.channels() * multiplier);
    }
}
