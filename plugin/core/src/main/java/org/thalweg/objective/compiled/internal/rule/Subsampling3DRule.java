package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.thalweg.objective.compiled.internal.kernel.TapWindow;
import org.thalweg.objective.compiled.internal.kernel.WindowMaximum;
import org.thalweg.objective.compiled.internal.kernel.WindowMean;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Three-dimensional pools. */
public final class Subsampling3DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Subsampling3DLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Subsampling3DLayer layer = scope.as(Subsampling3DLayer.class);
        Value volumes = scope.dropped(scope.volumes(input));
        TapWindow window = TapWindow.of(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode() == ConvolutionMode.Same,
                Arrays.copyOf(volumes.shape(), 3));
        Kernel kernel = switch (layer.getPoolingType()) {
            case MAX -> new WindowMaximum(window);
            case AVG -> new WindowMean(window, false);
            default ->
                throw scope.unsupported(
                        "has " + layer.getPoolingType() + " pooling, which DL4J does not support either");
        };
        return scope.step(kernel, volumes, window.shape(new long[] {volumes.channels()}));
    }
}
