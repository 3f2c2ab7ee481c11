package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.thalweg.objective.compiled.spi.DropoutRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's plain dropout: an element is kept with a probability and then divided by it. */
public final class InvertedDropoutRule implements DropoutRule {

    @Override
    public Set<Class<? extends IDropout>> dropouts() {
        return Set.of(Dropout.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IDropout dropout) {
        Dropout plain = (Dropout) dropout;
        double retain = scope.fixed(plain.getP(), plain.getPSchedule());
        return scope.noisy(input, (random, channels, factors, summands) -> {
            for (int i = 0; i < factors.length; i++) {
                factors[i] = random.nextDouble() < retain ? 1 / retain : 0;
            }
        });
    }
}
