package org.thalweg.listener;

/**
 * The frame before training.
 *
 * @since 0.2.0
 */
public enum FirstFrame {
    /** {@code build()} computes it and returns when it is recorded, so that errors in the configuration show there. */
    IN_BUILD,
    /** The worker computes it while training begins. It is never skipped. */
    IN_BACKGROUND,
    /** There is none: the first frame is the schedule's. */
    NONE
}
