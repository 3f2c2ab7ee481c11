package org.thalweg.video;

import java.util.SplittableRandom;

/** Fresh random inputs each run, with the seed in the output and in assertions' messages. */
public record Seeds(long seed) {

    /** A new seed, printed. */
    public static Seeds fresh() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Seeds(seed);
    }

    /** Numbers from this seed. */
    public SplittableRandom random() {
        return new SplittableRandom(seed);
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
