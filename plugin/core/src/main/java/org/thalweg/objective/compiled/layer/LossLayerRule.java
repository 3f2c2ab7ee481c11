package org.thalweg.objective.compiled.layer;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.thalweg.objective.compiled.program.Value;

/** Losses of what another layer computes. */
public final class LossLayerRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(LossLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        LossLayer layer = scope.as(LossLayer.class);
        Value ordered = scope.builder().inNetworkOrder(scope.name(), scope.vectors(input));
        return scope.lossOf(ordered, layer.getActivationFn(), layer.getLossFn());
    }
}
