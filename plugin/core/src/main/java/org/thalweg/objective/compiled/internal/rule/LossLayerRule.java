package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Losses of another layer's output. */
public final class LossLayerRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(LossLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        LossLayer layer = scope.as(LossLayer.class);
        Value ordered = scope.inNetworkOrder(scope.vectors(input));
        return scope.lossOf(ordered, layer.getActivationFn(), layer.getLossFn());
    }
}
