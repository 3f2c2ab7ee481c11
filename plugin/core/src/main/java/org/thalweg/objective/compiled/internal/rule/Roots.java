package org.thalweg.objective.compiled.internal.rule;

import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;

/** Powers between 0 and 1, whose slope at 0 is set to 0: an exact 0 does not move. */
final class Roots {

    private Roots() {}

    /** x^p for x &gt;= 0. */
    static ComposedFunction of(double p) {
        return ComposedFunction.smooth(x -> {
            Jet positive = x.positive();
            return x.plus(positive.times(-1).plus(1)).power(p).times(positive);
        });
    }
}
