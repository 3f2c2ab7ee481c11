package org.thalweg.curvature;

import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.LinearOperator;

/**
 * A Hessian while it is open.
 *
 * @param operator its products
 * @param lanczos how eigenvalues are looked for
 */
record OpenHessian(LinearOperator operator, LanczosOptions lanczos) {}
