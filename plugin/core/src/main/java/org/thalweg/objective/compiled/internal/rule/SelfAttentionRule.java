package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Sequences whose steps attend to each other. DL4J returns twice the derivative; this is the derivative. */
public final class SelfAttentionRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(SelfAttentionLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        SelfAttentionLayer layer = scope.as(SelfAttentionLayer.class);
        Value sequence = Steps.channelsFirst(scope, scope.sized(scope.sequences(input), layer.getNIn()));
        Attention attention = new Attention(
                        scope, layer.getNHeads(), layer.getHeadSize(), layer.getNOut(), layer.isProjectInput())
                .packed();
        return attention
                .of(sequence, attention.memory(sequence, sequence, Steps.mask(scope, input)))
                .withMask(input.mask());
    }
}
