package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.thalweg.objective.compiled.internal.kernel.Repetition;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Sequences with each step repeated. DL4J passes a mask on unchanged, although it then belongs to other steps. */
public final class Upsampling1DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Upsampling1D.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        int times = scope.as(Upsampling1D.class).getSize()[0];
        Value sequence = Steps.channelsFirst(scope, scope.sequences(input));
        Value repeated = scope.step(new Repetition(1), sequence, sequence.size(0), times, sequence.channels());
        return scope.reshape(repeated, sequence.size(0) * times, sequence.channels())
                .withMask(input.mask());
    }
}
