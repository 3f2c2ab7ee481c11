package org.thalweg.curvature;

import java.util.Optional;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.TraceEstimate;

/**
 * What a look at one layer's diagonal block of the Hessian found.
 *
 * @param layer name of the layer
 * @param parameters number of its trainable parameters
 * @param largest largest eigenvalue, without its vector
 * @param smallest smallest eigenvalue, without its vector
 * @param trace when asked for
 * @since 0.2.0
 */
public record LayerReport(
        String layer, long parameters, EigenPair largest, EigenPair smallest, Optional<TraceEstimate> trace) {}
