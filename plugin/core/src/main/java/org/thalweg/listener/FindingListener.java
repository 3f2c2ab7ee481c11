package org.thalweg.listener;

import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;

/**
 * Receives findings, sentences that say what a frame means.
 *
 * @since 0.2.0
 */
@FunctionalInterface
public interface FindingListener {

    /**
     * A frame has a finding that the frame before did not have. Called by the thread that computes frames, before sinks
     * receive the frame, so it must not be slow. An exception is logged, and training continues.
     */
    void onFinding(Frame frame, Finding finding);
}
