package org.thalweg.curvature;

import java.util.Optional;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.TraceEstimate;

/**
 * The curvature of the Gauss-Newton matrix G.
 *
 * @param largest largest eigenvalue, without its vector
 * @param share v^T G v / lambda_max(H), where v is the Hessian's eigenvector of lambda_max; NaN where that has not
 *     converged
 * @param trace if requested
 * @param products number of products with G
 * @since 0.2.0
 */
public record GaussNewtonReport(EigenPair largest, double share, Optional<TraceEstimate> trace, long products) {}
