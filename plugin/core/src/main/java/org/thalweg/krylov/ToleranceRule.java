package org.thalweg.krylov;

/**
 * The bound that the residual norm of a Ritz pair is compared with.
 *
 * @since 0.2.0
 */
public enum ToleranceRule {
    /**
     * residual &lt;= tolerance * max(eps^(2/3) max_j |theta_j|, |theta_i|): relative digits of each eigenvalue, as in
     * ARPACK (Lehoucq, Sorensen and Yang 1998, section 4.6), with a floor that scales with the operator.
     */
    RELATIVE_TO_EACH {
        @Override
        double bound(double tolerance, double value, double largest, double epsilon) {
            return tolerance * Math.max(Math.pow(epsilon, 2.0 / 3) * largest, Math.abs(value));
        }
    },
    /**
     * residual &lt;= tolerance * max_j |theta_j|: digits relative to the operator's norm; cheaper where eigenvalues are
     * small.
     */
    RELATIVE_TO_LARGEST {
        @Override
        double bound(double tolerance, double value, double largest, double epsilon) {
            return tolerance * largest;
        }
    };

    abstract double bound(double tolerance, double value, double largest, double epsilon);
}
