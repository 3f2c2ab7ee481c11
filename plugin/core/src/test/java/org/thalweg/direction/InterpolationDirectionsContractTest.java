package org.thalweg.direction;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

class InterpolationDirectionsContractTest extends DirectionSourceContract {

    private final INDArray first = parameters();

    @Override
    DirectionSource source() {
        return new InterpolationDirections(first, new RandomDirections(seed, DirectionOptions.DEFAULT));
    }

    @Override
    Optional<DirectionSource> around(DirectionSource inner) {
        return Optional.of(new InterpolationDirections(first, inner));
    }
}
