package org.thalweg.listener;

/** Pacing by which every frame that is due is computed. */
final class EveryFrame {

    /** Training waits for room in the worker's queue. */
    static final PacingOptions QUEUED = PacingOptions.DEFAULT.withOnBusy(OnBusy.WAIT);

    /** Training waits for each frame. */
    static final PacingOptions INLINE = PacingOptions.DEFAULT.withInline(true);

    private EveryFrame() {}

    static PacingOptions of(boolean inline) {
        return inline ? INLINE : QUEUED;
    }
}
