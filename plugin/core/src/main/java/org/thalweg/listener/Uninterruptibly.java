package org.thalweg.listener;

import java.util.concurrent.TimeUnit;

/** Waiting that an interrupt neither ends nor is lost by: the thread is interrupted again afterwards. */
final class Uninterruptibly {

    /** Something that is waited for. */
    @FunctionalInterface
    interface Wait {

        /**
         * Waits.
         *
         * @param nanos at most; 0 only looks
         * @return whether it has come
         */
        boolean within(long nanos) throws InterruptedException;
    }

    private Uninterruptibly() {}

    /**
     * Waits, whatever interrupts.
     *
     * @param millis at most
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

    /** Waits for a thread to end; whether it has. */
    static boolean join(long millis, Thread thread) {
        return await(millis, nanos -> {
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            }
            return !thread.isAlive();
        });
    }
}
