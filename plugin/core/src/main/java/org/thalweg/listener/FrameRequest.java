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
 */
record FrameRequest(ParameterSnapshot snapshot, TrainingState training, boolean unconstrained, Effort effort)
        implements AutoCloseable {

    @Override
    public void close() {
        snapshot.parameters().close();
        training.close();
    }
}
