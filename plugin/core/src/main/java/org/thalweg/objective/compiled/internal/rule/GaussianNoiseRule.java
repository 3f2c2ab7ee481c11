package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.thalweg.objective.compiled.spi.DropoutRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's added normal numbers. */
public final class GaussianNoiseRule implements DropoutRule {

    @Override
    public Set<Class<? extends IDropout>> dropouts() {
        return Set.of(GaussianNoise.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IDropout dropout) {
        GaussianNoise noise = (GaussianNoise) dropout;
        double deviation = scope.fixed(noise.getStddev(), noise.getStddevSchedule());
        return scope.noisy(input, (random, channels, factors, summands) -> {
            for (int i = 0; i < summands.length; i++) {
                summands[i] = deviation * BoxMuller.next(random);
            }
        });
    }
}
