package org.thalweg.direction;

import org.thalweg.krylov.LanczosOptions;

class EigenvectorDirectionsContractTest extends DirectionSourceContract {

    @Override
    DirectionSource source() {
        return new EigenvectorDirections(LanczosOptions.DEFAULT, EigenvectorDirections.Ends.LARGEST_AND_SMALLEST);
    }
}
