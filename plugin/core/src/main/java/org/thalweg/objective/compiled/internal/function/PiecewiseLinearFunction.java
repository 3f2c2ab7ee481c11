package org.thalweg.objective.compiled.internal.function;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.Tape;

/** An activation without curvature. */
public interface PiecewiseLinearFunction extends ElementwiseFunction {

    @Override
    default boolean piecewiseLinear() {
        return true;
    }

    @Override
    default void bend(Tape tape, INDArray x, INDArray y, INDArray bend) {
        throw new IllegalStateException("a piecewise linear activation has no second derivative");
    }
}
