package org.thalweg.listener;

import org.thalweg.analysis.Effort;
import org.thalweg.curvature.TrainingState;
import org.thalweg.objective.ParameterSnapshot;

/**
 * A snapshot on its way to the worker; the holder of this record owns it.
 *
 * @param snapshot the parameters
 * @param training the state of training
 * @param unconstrained whether it was taken between an update and the weight constraints that follow it
 * @param effort the share of the configured work that its frame gets
 * @param beforeTraining whether it is the frame before training, which updates the cost estimates in another way
 */
record FrameRequest(
        ParameterSnapshot snapshot,
        TrainingState training,
        boolean unconstrained,
        Effort effort,
        boolean beforeTraining)
        implements AutoCloseable {

    /** A request for a frame during training. */
    static FrameRequest of(ParameterSnapshot snapshot, TrainingState training, boolean unconstrained, Effort effort) {
        return new FrameRequest(snapshot, training, unconstrained, effort, false);
    }

    /** A request for the frame before training. */
    static FrameRequest first(ParameterSnapshot snapshot, TrainingState training, Effort effort) {
        return new FrameRequest(snapshot, training, false, effort, true);
    }

    @Override
    public void close() {
        snapshot.parameters().close();
        training.close();
    }
}
