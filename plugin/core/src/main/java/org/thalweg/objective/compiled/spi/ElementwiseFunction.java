package org.thalweg.objective.compiled.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A function of one number with its first two derivatives, applied to every element of an array. */
public interface ElementwiseFunction {

    /** Records y = f(x); y may be the same array as x. Allocates nothing when run. */
    void value(Tape tape, INDArray x, INDArray y);

    /** Records slope = f'(x), with y = f(x) known. */
    void slope(Tape tape, INDArray x, INDArray y, INDArray slope);

    /** Records bend = f''(x), with y = f(x) known; never called where f'' is zero. */
    void bend(Tape tape, INDArray x, INDArray y, INDArray bend);

    /** Whether f'' is zero wherever it is defined. */
    default boolean piecewiseLinear() {
        return false;
    }

    /** Whether f commutes with a maximum, in its derivative too: non-decreasing, with f' = 0 or f strictly rising. */
    default boolean commutesWithMaximum() {
        return false;
    }
}
