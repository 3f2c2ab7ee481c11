package org.thalweg.krylov;

/**
 * Which eigenvalues are asked for. Immutable.
 *
 * @param largest number of algebraically largest eigenvalues
 * @param smallest number of algebraically smallest eigenvalues
 * @param eigenvectors whether the pairs have vectors
 * @since 0.2.0
 */
public record EigenvalueQuery(int largest, int smallest, boolean eigenvectors) {

    public EigenvalueQuery {
        if (largest < 0 || smallest < 0 || largest + smallest < 1) {
            throw new IllegalArgumentException("at least one eigenvalue must be asked for, and no negative number, got "
                    + largest + " largest and " + smallest + " smallest");
        }
    }

    /** Eigenvalues of both ends, without vectors. */
    public static EigenvalueQuery of(int largest, int smallest) {
        return new EigenvalueQuery(largest, smallest, false);
    }

    /** k eigenvalues of each end, without vectors. */
    public static EigenvalueQuery ofEachEnd(int k) {
        return of(k, k);
    }

    public EigenvalueQuery withEigenvectors(boolean eigenvectors) {
        return new EigenvalueQuery(largest, smallest, eigenvectors);
    }

    /** How many pairs are asked for at both ends together. */
    public int wanted() {
        return largest + smallest;
    }

    /** Of each end at most as many as an operator of dimension n has. */
    public EigenvalueQuery within(long n) {
        return new EigenvalueQuery((int) Math.min(largest, n), (int) Math.min(smallest, n), eigenvectors);
    }
}
