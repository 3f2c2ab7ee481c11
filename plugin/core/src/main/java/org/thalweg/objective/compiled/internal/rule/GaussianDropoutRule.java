package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.thalweg.objective.compiled.spi.DropoutRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's multiplication by normal numbers of mean 1 (N. Srivastava et al., 2014, section 10). */
public final class GaussianDropoutRule implements DropoutRule {

    @Override
    public Set<Class<? extends IDropout>> dropouts() {
        return Set.of(GaussianDropout.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IDropout dropout) {
        GaussianDropout gaussian = (GaussianDropout) dropout;
        double rate = scope.fixed(gaussian.getRate(), gaussian.getRateSchedule());
        double deviation = Math.sqrt(rate / (1 - rate));
        return scope.noisy(input, (random, channels, factors, summands) -> {
            for (int i = 0; i < factors.length; i++) {
                factors[i] = 1 + deviation * BoxMuller.next(random);
            }
        });
    }
}
