package org.thalweg.listener;

/**
 * The frame before training.
 *
 * @since 0.2.0
 */
public enum FirstFrame {
    /** {@code build()} computes it and returns when it is recorded: what is wrong with the configuration shows there. */
    IN_BUILD,
    /** The worker computes it while training begins. It is never skipped. */
    IN_BACKGROUND,
    /** There is none: the first one is that of the schedule. */
    NONE
}
