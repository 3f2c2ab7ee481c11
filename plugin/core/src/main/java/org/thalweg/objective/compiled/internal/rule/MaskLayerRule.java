package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Zeros where the input is masked. */
public final class MaskLayerRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(MaskLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        return scope.masked(input);
    }
}
