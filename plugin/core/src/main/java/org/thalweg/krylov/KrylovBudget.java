package org.thalweg.krylov;

import java.time.Duration;

/**
 * Limits on the cost of an iteration. Immutable.
 *
 * @param products operator-vector products after which it stops and returns its current results
 * @param memory bytes for the basis and working vectors; a smaller basis is used where the requested one does not fit
 * @param time wall time after which it stops and returns its current results; checked before each product
 * @since 0.2.0
 */
public record KrylovBudget(int products, long memory, Duration time) {

    /** 400 products, 2 GiB and ten minutes. */
    public static final KrylovBudget DEFAULT = new KrylovBudget(400, 2L << 30, Duration.ofMinutes(10));

    public KrylovBudget {
        if (products < 1) {
            throw new IllegalArgumentException("budget of products must be at least 1, got " + products);
        }
        if (memory < 1) {
            throw new IllegalArgumentException("memory budget must be at least 1 byte, got " + memory);
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time budget must be positive, got " + time);
        }
    }

    public KrylovBudget withProducts(int products) {
        return new KrylovBudget(products, memory, time);
    }

    public KrylovBudget withMemory(long memory) {
        return new KrylovBudget(products, memory, time);
    }

    public KrylovBudget withTime(Duration time) {
        return new KrylovBudget(products, memory, time);
    }
}
