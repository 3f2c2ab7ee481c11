package org.thalweg.krylov;

/**
 * What residuals are compared with.
 *
 * @param operator whose eigenpairs are computed
 * @param lanczos the tolerance and its rule
 */
record Accuracy(LinearOperator operator, Lanczos lanczos) {

    /** Values smaller than this many roundings of the operator's norm have no correct digits. */
    private static final int ROUNDINGS = 10;

    double epsilon() {
        return InnerProducts.epsilon(operator.dataType());
    }

    /**
     * Absolute size below which values count as rounding.
     *
     * @param scale lower bound of the operator's norm
     */
    double rounding(double scale) {
        return rounding(operator, scale);
    }

    /** As {@link #rounding(double)}, whatever the tolerance. */
    static double rounding(LinearOperator operator, double scale) {
        return ROUNDINGS * InnerProducts.epsilon(operator.dataType()) * scale;
    }

    /** Absolute error of products. */
    double productError(double scale) {
        return operator.productError(scale);
    }

    /**
     * The largest residual, with the error of products, of a pair that has converged.
     *
     * @param value the eigenvalue
     * @param largest absolute value of the largest known one
     */
    double allowed(double value, double largest, double scale) {
        return lanczos.tolerance() == 0
                ? rounding(scale) + productError(scale)
                : lanczos.rule().bound(lanczos.tolerance(), value, largest, epsilon());
    }

    /** The largest residual, without the error of products, of a pair that further products cannot improve. */
    double settledBelow(double value, double largest, double scale) {
        return Math.max(allowed(value, largest, scale) - productError(scale), rounding(scale));
    }
}
