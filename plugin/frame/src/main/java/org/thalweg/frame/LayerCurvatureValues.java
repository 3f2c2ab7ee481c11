package org.thalweg.frame;

import java.util.Optional;

/**
 * Curvature of the loss in one layer's parameters alone: the diagonal block of the Hessian that belongs to them. Immutable.
 *
 * @param layer name of the layer
 * @param parameters number of its trainable parameters
 * @param lambdaMax largest eigenvalue of the block
 * @param lambdaMin smallest eigenvalue of the block
 * @param trace of the block, when traces were asked for
 */
public record LayerCurvatureValues(
        String layer,
        long parameters,
        CurvatureValues.Eigenvalue lambdaMax,
        CurvatureValues.Eigenvalue lambdaMin,
        Optional<TraceValue> trace) {}
