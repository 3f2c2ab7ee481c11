package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Losses at each step of a sequence. In DL4J a mask of the input masks the loss if labels have no mask. */
public final class RnnLossRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(RnnLossLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        RnnLossLayer layer = scope.as(RnnLossLayer.class);
        if (layer.getRnnDataFormat() == RNNFormat.NWC) {
            throw scope.unsupported(
                    "is a RnnLossLayer in the format NWC, whose score compares Deeplearning4j's outputs with"
                            + " themselves, while its gradient compares them with the labels; use NCW");
        }
        return scope.lossOf(scope.sequences(input), layer.getActivationFn(), layer.getLossFn());
    }
}
