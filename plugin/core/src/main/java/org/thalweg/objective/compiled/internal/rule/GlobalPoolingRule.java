package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
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
        int[] dimensions = layer.getPoolingDimensions();
        boolean channelsFirst = scope.channelsFirst(input.rank());
        int first = channelsFirst ? 2 : 1;
        int[] axes = IntStream.range(first, first + input.rank() - 1).toArray();
        // By default DL4J pools over the last axes, whatever they are.
        if (dimensions == null ? !channelsFirst : !Arrays.equals(dimensions, axes)) {
            throw scope.unsupported("pools over the dimensions "
                    + (dimensions == null ? "after the second" : Arrays.toString(dimensions)) + "; only "
                    + Arrays.toString(axes) + ", all but examples and channels, are covered");
        }
        long channels = input.channels();
        Value pooled = pooled(scope, input, layer);
        long[] ones = new long[input.rank()];
        Arrays.fill(ones, 1);
        ones[input.rank() - 1] = channels;
        return layer.isCollapseDimensions() ? scope.reshape(pooled, channels) : scope.reshape(pooled, ones);
    }

    private static Value pooled(LayerScope scope, Value input, GlobalPoolingLayer layer) {
        long channels = input.channels();
        Value pixels = scope.reshape(input, input.length() / channels, channels);
        if (layer.getPoolingType() == PoolingType.SUM) {
            return scope.sum(pixels, 0);
        } else if (layer.getPoolingType() == PoolingType.PNORM) {
            return PowerMean.of(scope, pixels, layer.getPnorm(), powers -> scope.sum(powers, 0), 1);
        }
        Value images = input.rank() == 3
                ? input
                : scope.reshape(scope.volumes(input), input.size(0) * input.size(1), input.size(2), channels);
        Window window = Window.whole(images.size(0), images.size(1));
        Kernel kernel =
                layer.getPoolingType() == PoolingType.MAX ? new MaxPool(window) : new AveragePool(window, false);
        return scope.step(kernel, images, 1, 1, channels);
    }
}
