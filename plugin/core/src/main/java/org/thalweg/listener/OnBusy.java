package org.thalweg.listener;

/**
 * What to do with a snapshot that is due while earlier ones still wait for the worker.
 *
 * @since 0.2.0
 */
public enum OnBusy {
    /** Leave the new one out; counted. */
    SKIP,
    /** Leave out the one that has waited longest, so that frames stay recent; counted. */
    DROP_OLDEST,
    /** Let training wait until there is room: every frame is taken. */
    WAIT
}
