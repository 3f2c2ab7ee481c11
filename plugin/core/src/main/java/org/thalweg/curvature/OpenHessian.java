package org.thalweg.curvature;

import org.thalweg.krylov.LinearOperator;

/**
 * A Hessian while it is open.
 *
 * @param operator its products
 * @param eigenvalues options for computing its eigenvalues
 */
record OpenHessian(LinearOperator operator, ExtremeEigenvalues eigenvalues) {}
