package org.thalweg.curvature;

import org.thalweg.krylov.LanczosOptions;

/**
 * A Hessian while it is open.
 *
 * @param operator its products
 * @param lanczos how eigenvalues are looked for
 */
record OpenHessian(HessianOperator operator, LanczosOptions lanczos) {}
