package org.thalweg.demo.data;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Random numbers that depend on a seed and an index alone and are the same on every machine. */
final class RandomStreams {

    /** Odd, so that no two indices share a stream; far from SplitMix64's step, which fills the state. */
    private static final long SPREAD = 6364136223846793005L;

    private RandomStreams() {}

    static UniformRandomProvider of(long seed, long index) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed * SPREAD + index);
    }
}
