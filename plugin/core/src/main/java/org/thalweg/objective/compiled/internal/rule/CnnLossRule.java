package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Losses at each pixel of images or volumes. */
public final class CnnLossRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(CnnLossLayer.class, Cnn3DLossLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        if (scope.layer() instanceof CnnLossLayer layer) {
            if (layer.getFormat() == CNN2DFormat.NHWC) {
                throw scope.unsupported("is a CnnLossLayer in the format NHWC, of which DL4J takes rows for channels");
            }
            return scope.lossOf(scope.images(input), layer.getActivationFn(), layer.getLossFn());
        }
        Cnn3DLossLayer layer = scope.as(Cnn3DLossLayer.class);
        return scope.lossOf(scope.volumes(input), layer.getActivationFn(), layer.getLossFn());
    }
}
