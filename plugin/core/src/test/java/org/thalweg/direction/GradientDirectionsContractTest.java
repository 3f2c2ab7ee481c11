package org.thalweg.direction;

import java.util.Optional;

class GradientDirectionsContractTest extends DirectionSourceContract {

    @Override
    DirectionSource source() {
        return new GradientDirections();
    }

    @Override
    Optional<DirectionSource> around(DirectionSource inner) {
        return Optional.of(new GradientDirections(inner));
    }
}
