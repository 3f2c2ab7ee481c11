package org.thalweg.objective.compiled.internal.rule;

import java.util.SplittableRandom;

/** Standard normal numbers. */
public final class BoxMuller {

    private BoxMuller() {}

    /**
     * One normal number from two uniform ones, u and v: sqrt(-2 log(1 - u)) cos(2 pi v) (G. Box and M. Muller, 1958).
     * This is not the generator's own method, which other languages lack.
     */
    public static double next(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
