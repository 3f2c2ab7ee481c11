package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** A recurrent layer and a second one that reads sequences from their end. */
public final class BidirectionalRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Bidirectional.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Bidirectional layer = scope.as(Bidirectional.class);
        Value forwards = scope.within(layer.getFwd(), "f", scope.wrapping(), input);
        Value backwards = scope.within(layer.getBwd(), "b", scope.wrapping().reversed(), input);
        List<Value> both = List.of(forwards, backwards);
        return switch (layer.getMode()) {
            case ADD -> scope.combine(both, 1, 1);
            case MUL -> scope.multiply(forwards, backwards);
            case AVERAGE -> scope.combine(both, 0.5, 0.5);
            case CONCAT -> scope.concatenate(both, forwards.rank() - 1).withMask(forwards.mask());
        };
    }
}
