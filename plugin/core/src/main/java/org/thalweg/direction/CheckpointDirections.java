package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The plane through three networks of one architecture: the parameters that are looked at at (0, 0), another one at
 * (1, 0) and a third at (0, 1) (T. Garipov et al., "Loss Surfaces, Mode Connectivity, and Fast Ensembling of DNNs",
 * NeurIPS 2018, use the same plane with an orthonormal basis).
 */
public final class CheckpointDirections implements DirectionSource {

    private final INDArray first;
    private final INDArray second;

    /**
     * @param first packed, {@code [P]}, at (1, 0); not modified
     * @param second packed, {@code [P]}, at (0, 1); not modified
     */
    public CheckpointDirections(INDArray first, INDArray second) {
        this.first = first;
        this.second = second;
    }

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
