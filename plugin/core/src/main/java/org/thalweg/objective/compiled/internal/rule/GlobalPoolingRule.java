package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.AveragePool;
import org.thalweg.objective.compiled.internal.kernel.MaxPool;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Pools over whole images or sequences. */
public final class GlobalPoolingRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(GlobalPoolingLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        GlobalPoolingLayer layer = scope.as(GlobalPoolingLayer.class);
        if (input.rank() == 2) {
            return new TimePooling(scope, layer).pooled(input);
        }
        if (input.mask() != null) {
            throw scope.unsupported("pools images with a mask, which is not covered");
        }
        Value images = scope.images(input);
        int[] dimensions = layer.getPoolingDimensions();
        if (dimensions != null && !Arrays.equals(dimensions, imageAxes(scope))) {
            throw scope.unsupported("pools over the dimensions " + Arrays.toString(dimensions)
                    + "; only height and width, " + Arrays.toString(imageAxes(scope)) + ", are covered");
        }
        Window window = Window.whole(images.size(0), images.size(1));
        Kernel kernel = switch (layer.getPoolingType()) {
            case MAX -> new MaxPool(window);
            case AVG -> new AveragePool(window, false);
            default -> throw scope.unsupported("has " + layer.getPoolingType() + " pooling, not covered");
        };
        Value pooled = scope.step(kernel, images, 1, 1, images.channels());
        return layer.isCollapseDimensions() ? scope.reshape(pooled, images.channels()) : pooled;
    }

    /** The axes of height and width, numbered as the network does. */
    private static int[] imageAxes(LayerScope scope) {
        return scope.format() == CNN2DFormat.NCHW ? new int[] {2, 3} : new int[] {1, 2};
    }
}
