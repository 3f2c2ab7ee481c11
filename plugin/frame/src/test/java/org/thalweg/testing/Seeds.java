package org.thalweg.testing;

import java.util.concurrent.ThreadLocalRandom;

/** Fresh seeds for every run, printed so that a failure can be repeated with {@code -Dthalweg.seed=...}. */
public final class Seeds {

    private Seeds() {}

    /** A new seed, or the one given on the command line. */
    public static long fresh(String test) {
        Long given = Long.getLong("thalweg.seed");
        long seed = given != null ? given : ThreadLocalRandom.current().nextLong(1L << 31);
        System.out.println(test + ": -Dthalweg.seed=" + seed);
        return seed;
    }
}
