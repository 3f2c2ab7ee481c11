package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Dense layers with a loss at each step of a sequence. In DL4J only the mask of the labels masks the loss. */
public final class RnnOutputRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(RnnOutputLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        RnnOutputLayer layer = scope.as(RnnOutputLayer.class);
        Value sequence = scope.sequences(input).withMask(null);
        Value logits = DenseRule.product(scope, sequence, layer.getNIn(), layer.getNOut(), layer.hasBias());
        return scope.lossOf(scope.maskedLogits(logits), layer.getActivationFn(), layer.getLossFn());
    }
}
