package org.thalweg.listener;

/**
 * What to do with a frame that is due while the worker is busy and its queue is full. What is skipped is counted.
 *
 * @since 0.2.0
 */
public enum OnBusy {
    /**
     * Drop the snapshot that has waited longest: frames stay recent, and the last one of a training is always computed. Each
     * frame that is due costs a copy of the parameters.
     */
    DROP_OLDEST,
    /** Skip the new frame, without a copy of the parameters. The last frame of a training may be among those skipped. */
    SKIP,
    /** Let training wait until there is room: every frame is computed. */
    WAIT
}
