package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Sequences without their first and last steps. DL4J passes a mask on unchanged, although it then belongs to other
 * steps.
 */
public final class Cropping1DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Cropping1D.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        int[] cropping = scope.as(Cropping1D.class).getCropping();
        Value sequence = Steps.channelsFirst(scope, scope.sequences(input));
        return scope.slice(sequence, 0, cropping[0], sequence.size(0) - cropping[1])
                .withMask(input.mask());
    }
}
