package org.thalweg.direction;

import java.util.Optional;

class ScaledDirectionsContractTest extends DirectionSourceContract {

    @Override
    DirectionSource source() {
        return new RandomDirections(seed, DirectionOptions.DEFAULT.withIgnoreBiasAndNorm(false))
                .scaled(DirectionOptions.DEFAULT.withNormalization(Normalization.LAYER));
    }

    @Override
    Optional<DirectionSource> around(DirectionSource inner) {
        return Optional.of(inner.scaled(DirectionOptions.DEFAULT.withNormalization(Normalization.LAYER)));
    }
}
