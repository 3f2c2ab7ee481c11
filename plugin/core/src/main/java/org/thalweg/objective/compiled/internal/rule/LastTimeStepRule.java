package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** The last unmasked step of a recurrent layer. Only inside this layer DL4J masks a recurrent layer's steps. */
public final class LastTimeStepRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(LastTimeStep.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        LastTimeStep layer = scope.as(LastTimeStep.class);
        Value sequence =
                scope.within(layer.getUnderlying(), "", scope.wrapping().maskingSteps(), input);
        return Steps.last(scope, scope.sequences(sequence), scope.wrapping().backwards());
    }
}
