package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.thalweg.objective.compiled.internal.kernel.ZeroPadding;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Zeros around images. */
public final class ZeroPaddingRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(ZeroPaddingLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        int[] padding = scope.as(ZeroPaddingLayer.class).getPadding();
        Value images = scope.images(input);
        return scope.step(
                new ZeroPadding(padding[0], padding[1], padding[2], padding[3]),
                images,
                images.size(0) + padding[0] + padding[1],
                images.size(1) + padding[2] + padding[3],
                images.channels());
    }
}
