package org.thalweg.listener;

import org.thalweg.analysis.Effort;
import org.thalweg.curvature.TrainingState;
import org.thalweg.objective.ParameterSnapshot;

/**
 * A snapshot on its way to the worker, owned by whoever holds this.
 *
 * @param snapshot the parameters
 * @param training what training was doing
 * @param unconstrained whether it was taken between an update and the weight constraints that follow it
 * @param effort how much of what is configured its frame gets
 * @param beforeTraining whether it is the first one, from which costs are learned in another way than from the others
 */
record FrameRequest(
        ParameterSnapshot snapshot,
        TrainingState training,
        boolean unconstrained,
        Effort effort,
        boolean beforeTraining)
        implements AutoCloseable {

    /** Of a frame that training has come to. */
    static FrameRequest of(ParameterSnapshot snapshot, TrainingState training, boolean unconstrained, Effort effort) {
        return new FrameRequest(snapshot, training, unconstrained, effort, false);
    }

    /** Of the frame before training. */
    static FrameRequest first(ParameterSnapshot snapshot, TrainingState training, Effort effort) {
        return new FrameRequest(snapshot, training, false, effort, true);
    }

    @Override
    public void close() {
        snapshot.parameters().close();
        training.close();
    }
}
