package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.thalweg.objective.compiled.internal.kernel.ZeroPadding;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Layers that repeat or crop the elements of volumes, or pad them with zeros. */
public final class VolumeLayoutRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Upsampling3D.class, Cropping3D.class, ZeroPadding3DLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Value volumes = scope.volumes(input);
        if (scope.layer() instanceof Upsampling3D layer) {
            return ImageLayoutRule.upsampled(scope, scope.dropped(volumes), layer.getSize());
        }
        if (scope.layer() instanceof Cropping3D layer) {
            return ImageLayoutRule.cropped(scope, volumes, layer.getCropping());
        }
        int[] padding = scope.as(ZeroPadding3DLayer.class).getPadding();
        long[] shape = volumes.shape();
        for (int side = 0; side < padding.length; side++) {
            shape[side / 2] += padding[side];
        }
        return scope.step(new ZeroPadding(Arrays.stream(padding).asLongStream().toArray()), volumes, shape);
    }
}
