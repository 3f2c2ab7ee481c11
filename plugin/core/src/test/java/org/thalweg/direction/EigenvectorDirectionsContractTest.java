package org.thalweg.direction;

class EigenvectorDirectionsContractTest extends DirectionSourceContract {

    @Override
    DirectionSource source() {
        return new EigenvectorDirections(EigenvectorDirections.Ends.LARGEST_AND_SMALLEST);
    }
}
