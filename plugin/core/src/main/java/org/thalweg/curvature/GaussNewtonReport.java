package org.thalweg.curvature;

import java.util.Optional;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.TraceEstimate;

/**
 * What a look at the Gauss-Newton matrix G found.
 *
 * @param largest largest eigenvalue, without its vector
 * @param share v^T G v / lambda_max(H), v the Hessian's eigenvector of lambda_max; NaN where that has not converged
 * @param trace when asked for
 * @param products products with G taken
 * @since 0.2.0
 */
public record GaussNewtonReport(EigenPair largest, double share, Optional<TraceEstimate> trace, long products) {}
