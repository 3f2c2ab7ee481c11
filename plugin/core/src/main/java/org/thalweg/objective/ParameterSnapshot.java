package org.thalweg.objective;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's parameters at one moment of training, copied from the live model.
 *
 * @param iteration number of completed parameter updates; 0 before training
 * @param epoch number of completed epochs
 * @param parameters the network's whole flat vector (with BatchNorm statistics), {@code [1, n]} or {@code [n]}, a copy
 *     that is never changed
 * @since 0.2.0
 */
public record ParameterSnapshot(long iteration, int epoch, INDArray parameters) {

    public ParameterSnapshot {
        if (iteration < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "iteration and epoch must not be negative, got " + iteration + " and " + epoch);
        }
    }
}
