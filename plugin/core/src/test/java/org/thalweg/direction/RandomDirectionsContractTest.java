package org.thalweg.direction;

class RandomDirectionsContractTest extends DirectionSourceContract {

    @Override
    DirectionSource source() {
        return new RandomDirections(seed, DirectionOptions.DEFAULT.withIgnoreBiasAndNorm(false));
    }
}
