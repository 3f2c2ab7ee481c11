package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The plane through three networks of one architecture: the current parameters at (0, 0), a second network at (1, 0) and a
 * third at (0, 1) (T. Garipov et al., "Loss Surfaces, Mode Connectivity, and Fast Ensembling of DNNs", NeurIPS 2018, use the
 * same plane with an orthonormal basis).
 *
 * @param first packed, {@code [P]}, at (1, 0); not modified
 * @param second packed, {@code [P]}, at (0, 1); not modified
 * @since 0.2.0
 */
public record CheckpointDirections(INDArray first, INDArray second) implements DirectionSource {

    @Override
    public DirectionPair at(DirectionContext context) {
        INDArray theta = context.theta();
        return new DirectionPair(
                Differences.of("the first checkpoint", first, theta),
                Differences.of("the second checkpoint", second, theta));
    }

    @Override
    public String describe() {
        return "through three checkpoints";
    }
}
