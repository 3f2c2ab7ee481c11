package org.thalweg.objective.compiled.spi;

/**
 * The purpose of a recording.
 *
 * @since 0.2.0
 */
public enum EvaluationKind {
    /** The loss alone; values are dropped as soon as their consumers have run. */
    VALUE,
    /** The loss and its gradient. */
    GRADIENT,
    /** Products with the Hessian; what depends only on the parameters is kept between products. */
    HESSIAN,
    /**
     * Products with the generalized Gauss-Newton matrix, J^T H_L J with J the derivative of the outputs and H_L the
     * Hessian of the loss in them (N. Schraudolph, "Fast curvature matrix-vector products for second-order gradient
     * descent", Neural Computation 14, 2002). It is the Hessian with the gradient of the loss with respect to the
     * outputs set to zero: the rest of the Hessian is that gradient times the second derivatives of the outputs.
     */
    GAUSS_NEWTON;

    /** Whether products follow, so that values are kept for them. */
    public boolean hasProducts() {
        return this == HESSIAN || this == GAUSS_NEWTON;
    }
}
