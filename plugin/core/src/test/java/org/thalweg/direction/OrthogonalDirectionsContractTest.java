package org.thalweg.direction;

import java.util.Optional;

class OrthogonalDirectionsContractTest extends DirectionSourceContract {

    @Override
    DirectionSource source() {
        return new RandomDirections(seed, DirectionOptions.DEFAULT.withIgnoreBiasAndNorm(false)).orthogonalized();
    }

    @Override
    Optional<DirectionSource> around(DirectionSource inner) {
        return Optional.of(inner.orthogonalized());
    }
}
