package org.thalweg.objective;

/**
 * The method of Hessian-vector products; every published eigenvalue carries this label.
 *
 * @since 0.2.0
 */
public enum HessianMethod {
    /** Differentiated analytically (Pearlmutter's R-operator), exact up to rounding. */
    EXACT("exact"),
    /** Central differences of the gradient in double precision. */
    FINITE_DIFFERENCE("finite-difference");

    private final String label;

    HessianMethod(String label) {
        this.label = label;
    }

    /** The label in files, meters and pictures. */
    public String label() {
        return label;
    }
}
