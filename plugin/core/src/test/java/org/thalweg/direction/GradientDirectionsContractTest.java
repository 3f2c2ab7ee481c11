package org.thalweg.direction;

class GradientDirectionsContractTest extends DirectionSourceContract {

    @Override
    DirectionSource source() {
        return new GradientDirections();
    }
}
