package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.thalweg.objective.compiled.internal.kernel.AveragePool;
import org.thalweg.objective.compiled.internal.kernel.MaxPool;
import org.thalweg.objective.compiled.internal.kernel.Window;
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
        Window window = Windows.undilated(
                scope,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
        Kernel kernel = switch (layer.getPoolingType()) {
            case MAX -> new MaxPool(window);
            case AVG -> new AveragePool(window, layer.isAvgPoolIncludePadInDivisor());
            default -> throw scope.unsupported("has " + layer.getPoolingType() + " pooling, not covered");
        };
        return scope.step(
                kernel,
                images,
                window.outputHeight(images.size(0)),
                window.outputWidth(images.size(1)),
                images.channels());
    }
}
