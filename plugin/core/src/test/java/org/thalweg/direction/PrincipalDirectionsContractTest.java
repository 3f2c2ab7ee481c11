package org.thalweg.direction;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

class PrincipalDirectionsContractTest extends DirectionSourceContract {

    private final INDArray first = parameters();
    private final INDArray second = parameters();
    private final INDArray third = parameters();

    @Override
    DirectionSource source() {
        return new PrincipalDirections(PrincipalComponents.of(List.of(first, second, third, theta), 2));
    }
}
