package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.thalweg.objective.compiled.internal.kernel.ZeroPadding;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Zeros before and after sequences. DL4J passes a mask on unchanged, although it then belongs to other steps. */
public final class ZeroPadding1DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(ZeroPadding1DLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        int[] padding = scope.as(ZeroPadding1DLayer.class).getPadding();
        Value sequence = Steps.channelsFirst(scope, scope.sequences(input));
        long size = sequence.channels();
        long time = sequence.size(0) + padding[0] + padding[1];
        Value column = scope.reshape(sequence, sequence.size(0), 1, size);
        Value padded = scope.step(new ZeroPadding(padding[0], padding[1], 0, 0), column, time, 1, size);
        return scope.reshape(padded, time, size).withMask(input.mask());
    }
}
