package org.thalweg.curvature;

import org.thalweg.krylov.LinearOperator;

/**
 * A Hessian while it is open.
 *
 * @param operator its products
 * @param eigenvalues how its eigenvalues are found, and at what cost
 */
record OpenHessian(LinearOperator operator, ExtremeEigenvalues eigenvalues) {}
