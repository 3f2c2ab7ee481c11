package org.thalweg.objective.compiled.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A parameter array of a step, in the kernel's layout, or a constant. All arrays are row-major views. */
public interface Weights {

    INDArray value();

    /** Whether it is a parameter of the objective; only then it has the arrays below. */
    boolean trainable();

    /** Where the gradient is written to. */
    INDArray gradient();

    /** The direction's components. */
    INDArray tangent();

    /** Where the derivative of the gradient along the direction is written to. */
    INDArray gradientTangent();
}
