package org.thalweg.objective.compiled.layer;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.thalweg.objective.compiled.kernel.Padding;
import org.thalweg.objective.compiled.program.Value;

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
                new Padding(padding[0], padding[1], padding[2], padding[3]),
                images,
                images.size(0) + padding[0] + padding[1],
                images.size(1) + padding[2] + padding[3],
                images.channels());
    }
}
