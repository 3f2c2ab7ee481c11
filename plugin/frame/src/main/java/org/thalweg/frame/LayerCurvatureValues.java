package org.thalweg.frame;

import java.util.Optional;

/**
 * Curvature of the loss in the parameters of one layer: their diagonal block of the Hessian. Immutable.
 *
 * @param layer name of the layer
 * @param parameters number of its trainable parameters
 * @param lambdaMax largest eigenvalue of the block
 * @param lambdaMin smallest eigenvalue of the block
 * @param trace trace of the block, if requested
 * @since 0.2.0
 */
public record LayerCurvatureValues(
        String layer,
        long parameters,
        CurvatureValues.Eigenvalue lambdaMax,
        CurvatureValues.Eigenvalue lambdaMin,
        Optional<TraceValue> trace) {}
