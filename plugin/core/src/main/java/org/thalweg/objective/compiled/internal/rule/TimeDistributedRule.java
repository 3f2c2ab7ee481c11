package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** A layer of vectors at each step of sequences; it works as without the wrapper. */
public final class TimeDistributedRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(TimeDistributed.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        TimeDistributed layer = scope.as(TimeDistributed.class);
        if (input.mask() != null) {
            // DL4J reads the mask example by example, but the steps are ordered step by step.
            throw scope.unsupported("has an input with a mask, whose steps Deeplearning4j reads in another order");
        }
        return scope.within(layer.getUnderlying(), "", scope.wrapping(), scope.sequences(input));
    }
}
