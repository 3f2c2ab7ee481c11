package org.thalweg.frame;

import java.util.Optional;

/**
 * The Gauss-Newton matrix G beside the Hessian: the part of the curvature that comes from the loss, without that of the
 * network's outputs. Immutable.
 *
 * @param lambdaMax largest eigenvalue of G
 * @param share v^T G v / lambda_max(H), v the Hessian's eigenvector of lambda_max: how much of the sharpness is G's
 * @param trace of G, when traces were asked for
 * @param products products with G taken
 */
public record GaussNewtonValues(
        CurvatureValues.Eigenvalue lambdaMax, double share, Optional<TraceValue> trace, long products) {}
