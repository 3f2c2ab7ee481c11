package org.thalweg.curvature;

import java.util.Optional;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.TraceEstimate;

/**
 * The curvature of one layer's diagonal block of the Hessian.
 *
 * @param layer name of the layer
 * @param parameters number of its trainable parameters
 * @param largest largest eigenvalue, without its vector
 * @param smallest smallest eigenvalue, without its vector
 * @param trace if requested
 * @since 0.2.0
 */
public record LayerReport(
        String layer, long parameters, EigenPair largest, EigenPair smallest, Optional<TraceEstimate> trace) {}
