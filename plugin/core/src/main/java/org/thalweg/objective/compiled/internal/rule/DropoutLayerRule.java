package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Dropout as a layer of its own; the identity unless the network trains. */
public final class DropoutLayerRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(DropoutLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        return scope.dropped(input);
    }
}
