package org.thalweg.krylov;

/**
 * The eigenvalues to compute. Immutable.
 *
 * @param largest number of algebraically largest eigenvalues, at most {@value #MOST}
 * @param smallest number of algebraically smallest eigenvalues, at most {@value #MOST}
 * @param eigenvectors whether to compute the eigenvectors, too
 * @since 0.2.0
 */
public record EigenvalueQuery(int largest, int smallest, boolean eigenvectors) {

    /** Largest number of eigenvalues at each end: a basis of that many vectors does not fit into memory. */
    public static final int MOST = 1_000_000;

    public EigenvalueQuery {
        if (largest > MOST || smallest > MOST) {
            throw new IllegalArgumentException("the numbers of eigenvalues must be at most " + MOST
                    + " at each end, got " + largest + " largest and " + smallest + " smallest");
        }
        if (largest < 0 || smallest < 0 || largest + smallest < 1) {
            throw new IllegalArgumentException(
                    "the numbers of eigenvalues must not be negative, and one of them positive, got " + largest
                            + " largest and " + smallest + " smallest");
        }
    }

    /** Eigenvalues at both ends, without vectors. */
    public static EigenvalueQuery of(int largest, int smallest) {
        return new EigenvalueQuery(largest, smallest, false);
    }

    /** k eigenvalues at each end, without vectors. */
    public static EigenvalueQuery ofEachEnd(int k) {
        return of(k, k);
    }

    public EigenvalueQuery withEigenvectors(boolean eigenvectors) {
        return new EigenvalueQuery(largest, smallest, eigenvectors);
    }

    /** Number of pairs at both ends together. */
    public int wanted() {
        return largest + smallest;
    }

    /** The same query with at most n eigenvalues at each end, for an operator of dimension n. */
    public EigenvalueQuery within(long n) {
        return new EigenvalueQuery((int) Math.min(largest, n), (int) Math.min(smallest, n), eigenvectors);
    }
}
