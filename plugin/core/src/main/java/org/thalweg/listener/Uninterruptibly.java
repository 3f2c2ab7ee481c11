package org.thalweg.listener;

import java.util.concurrent.TimeUnit;

/** Waits that an interrupt does not end. The thread's interrupt status is restored afterwards. */
final class Uninterruptibly {

    /** A condition to wait for. */
    @FunctionalInterface
    interface Wait {

        /**
         * Waits.
         *
         * @param nanos time limit; 0 only checks
         * @return whether it has come
         */
        boolean within(long nanos) throws InterruptedException;
    }

    private Uninterruptibly() {}

    /**
     * Waits, even if interrupted.
     *
     * @param millis time limit
     * @return whether it has come
     */
    static boolean await(long millis, Wait wait) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.within(Math.max(0, deadline - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for a thread to end and returns whether it has. */
    static boolean join(long millis, Thread thread) {
        return await(millis, nanos -> {
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            }
            return !thread.isAlive();
        });
    }
}
