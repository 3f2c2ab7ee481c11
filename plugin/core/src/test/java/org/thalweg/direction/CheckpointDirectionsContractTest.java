package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;

class CheckpointDirectionsContractTest extends DirectionSourceContract {

    private final INDArray first = parameters();
    private final INDArray second = parameters();

    @Override
    DirectionSource source() {
        return new CheckpointDirections(first, second);
    }
}
