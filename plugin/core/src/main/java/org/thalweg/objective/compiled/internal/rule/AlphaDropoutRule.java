package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.thalweg.objective.compiled.spi.DropoutRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * DL4J's alpha dropout (G. Klambauer et al., "Self-normalizing neural networks", 2017): dropped elements take the value
 * at which selu saturates, and everything is scaled and shifted so that mean 0 and variance 1 are preserved.
 */
public final class AlphaDropoutRule implements DropoutRule {

    @Override
    public Set<Class<? extends IDropout>> dropouts() {
        return Set.of(AlphaDropout.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IDropout dropout) {
        AlphaDropout alpha = (AlphaDropout) dropout;
        double retain = scope.fixed(alpha.getP(), alpha.getPSchedule());
        double scale = alpha.a(retain);
        double shift = alpha.b(retain);
        double dropped = scale * alpha.getAlphaPrime() + shift;
        return scope.noisy(input, (random, channels, factors, summands) -> {
            for (int i = 0; i < factors.length; i++) {
                boolean kept = random.nextDouble() < retain;
                factors[i] = kept ? scale : 0;
                summands[i] = kept ? shift : dropped;
            }
        });
    }
}
