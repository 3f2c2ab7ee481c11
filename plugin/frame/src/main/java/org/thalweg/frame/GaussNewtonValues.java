package org.thalweg.frame;

import java.util.Optional;

/**
 * The Gauss-Newton matrix G: the part of the Hessian that comes from the curvature of the loss, without the curvature
 * of the network's outputs. Immutable.
 *
 * @param lambdaMax largest eigenvalue of G
 * @param share v^T G v / lambda_max(H), where v is the Hessian's eigenvector of lambda_max: the share of G in the
 *     sharpness
 * @param trace trace of G, if requested
 * @param products number of products with G
 * @since 0.2.0
 */
public record GaussNewtonValues(
        CurvatureValues.Eigenvalue lambdaMax, double share, Optional<TraceValue> trace, long products) {}
