package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.thalweg.objective.compiled.internal.kernel.Repetition;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.StepScope;
import org.thalweg.objective.compiled.spi.Value;

/** Layers that repeat, crop or rearrange the pixels of images. */
public final class ImageLayoutRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Upsampling2D.class, Cropping2D.class, SpaceToDepthLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Value images = scope.images(input);
        if (scope.layer() instanceof Upsampling2D layer) {
            return upsampled(scope, scope.dropped(images), layer.getSize());
        }
        if (scope.layer() instanceof Cropping2D layer) {
            return cropped(scope, images, layer.getCropping());
        }
        return blocksAsChannels(
                scope, scope.dropped(images), scope.as(SpaceToDepthLayer.class).getBlockSize());
    }

    /** Repeats each pixel along the first axes. */
    static Value upsampled(StepScope scope, Value value, int... times) {
        Value result = value;
        for (int axis = 0; axis < times.length; axis++) {
            long[] shape = result.shape();
            long[] repeated = new long[shape.length + 1];
            System.arraycopy(shape, 0, repeated, 0, axis + 1);
            repeated[axis + 1] = times[axis];
            System.arraycopy(shape, axis + 1, repeated, axis + 2, shape.length - axis - 1);
            shape[axis] *= times[axis];
            result = scope.reshape(scope.step(new Repetition(axis + 1), result, repeated), shape);
        }
        return result;
    }

    /** Removes elements at the beginning and the end of the first axes. */
    static Value cropped(StepScope scope, Value value, int... widths) {
        Value result = value;
        for (int axis = 0; 2 * axis < widths.length; axis++) {
            result = scope.slice(result, axis, widths[2 * axis], result.size(axis) - widths[2 * axis + 1]);
        }
        return result;
    }

    /** The pixels of a block, one after another, as channels. */
    private static Value blocksAsChannels(LayerScope scope, Value images, long block) {
        long height = images.size(0) / block;
        long width = images.size(1) / block;
        long channels = images.channels();
        Value blocks = scope.reshape(images, height, block, width, block, channels);
        Value together = scope.step(new Transposition(0, 2, 1, 3, 4), blocks, height, width, block, block, channels);
        return scope.reshape(together, height, width, block * block * channels);
    }
}
