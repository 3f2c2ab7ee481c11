package org.thalweg.objective.compiled.internal.rule;

import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;

/** Powers between 0 and 1, whose slope at 0 is taken as 0: nothing moves what is exactly 0. */
final class Roots {

    private Roots() {}

    /** x^p of x &gt;= 0. */
    static ComposedFunction of(double p) {
        return ComposedFunction.smooth(x -> {
            Jet positive = x.positive();
            return x.plus(positive.times(-1).plus(1)).power(p).times(positive);
        });
    }
}
