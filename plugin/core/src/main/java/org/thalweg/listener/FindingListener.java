package org.thalweg.listener;

import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;

/**
 * Is told what a frame means, in sentences.
 *
 * @since 0.2.0
 */
@FunctionalInterface
public interface FindingListener {

    /**
     * A frame has a finding that the frame before did not have. Called by the thread that computes frames, before sinks
     * receive the frame; may be slow only as long as frames may be. What it throws is logged, and training goes on.
     */
    void onFinding(Frame frame, Finding finding);
}
