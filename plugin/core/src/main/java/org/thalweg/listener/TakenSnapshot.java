package org.thalweg.listener;

import org.thalweg.curvature.TrainingState;
import org.thalweg.objective.ParameterSnapshot;

/**
 * A snapshot on its way to the worker, owned by whoever holds this.
 *
 * @param snapshot the parameters
 * @param training what training was doing
 * @param unconstrained whether it was taken between an update and the weight constraints that follow it
 */
record TakenSnapshot(ParameterSnapshot snapshot, TrainingState training, boolean unconstrained)
        implements AutoCloseable {

    @Override
    public void close() {
        snapshot.parameters().close();
        training.close();
    }
}
