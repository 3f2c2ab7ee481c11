package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.thalweg.objective.compiled.internal.kernel.Repetition;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Vectors repeated as the steps of sequences. */
public final class RepeatVectorRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(RepeatVector.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        RepeatVector layer = scope.as(RepeatVector.class);
        Value vector = scope.dropped(scope.inNetworkOrder(scope.vectors(input)));
        return scope.step(new Repetition(0), vector, layer.getN(), vector.length());
    }
}
