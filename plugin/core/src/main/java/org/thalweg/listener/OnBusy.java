package org.thalweg.listener;

/**
 * What to do with a frame that is due while the worker is busy and its queue is full. Skipped frames are counted.
 *
 * @since 0.2.0
 */
public enum OnBusy {
    /**
     * Drop the snapshot that has waited longest: frames stay recent, and the last one of a training run is always
     * computed. Each due frame costs a copy of the parameters.
     */
    DROP_OLDEST,
    /** Skip the new frame, without a copy of the parameters. The last frame of a training run may be skipped. */
    SKIP,
    /** Let training wait until the queue has space: every frame is computed. */
    WAIT
}
