package org.thalweg.objective.compiled.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.kernel.Activation;
import org.thalweg.objective.compiled.op.Tape;

/** An activation without curvature. */
public interface PiecewiseLinear extends Activation {

    @Override
    default boolean piecewiseLinear() {
        return true;
    }

    @Override
    default void bend(Tape tape, INDArray x, INDArray y, INDArray bend) {
        throw new IllegalStateException("a piecewise linear activation has no second derivative");
    }
}
