package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** A layer of vectors at each step of sequences; it works as without the wrapper. */
public final class TimeDistributedRule implements LayerRule {

    /** The layers that do not look at a mask. */
    private static final Set<Class<? extends Layer>> MASKLESS =
            Set.of(ActivationLayer.class, BatchNormalization.class, PReLULayer.class);

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
        Value sequence = scope.sequences(input).withStepsAsExamples(true);
        Layer underlying = layer.getUnderlying();
        if (MASKLESS.contains(underlying.getClass())) {
            return scope.within(underlying, "", scope.wrapping(), sequence.withMask(null))
                    .withMask(input.mask());
        }
        if (input.mask() != null && sequence.size(0) > 1) {
            throw scope.unsupported("has an input with a mask, of which Deeplearning4j takes entry i T + t for the mask"
                    + " of step t of example i, although these entries go step by step: it masks steps of other"
                    + " examples");
        }
        return scope.within(underlying, "", scope.wrapping(), sequence);
    }
}
