package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;

class InterpolationDirectionsContractTest extends DirectionSourceContract {

    private final INDArray first = parameters();

    @Override
    DirectionSource source() {
        return new InterpolationDirections(first, new RandomDirections(seed, DirectionOptions.DEFAULT));
    }
}
