package org.thalweg.krylov;

import org.apache.commons.math3.special.Gamma;

/**
 * Tells from one Lanczos sequence how likely an eigenvalue beyond a value is to have stayed unseen.
 *
 * <p>The newest vector of a sequence is p(H) times its start vector, p the Lanczos polynomial, and has unit length. So
 * |p(lambda)| |c| &lt;= 1 for the start's component c along the eigenvector of any eigenvalue lambda. A random start has
 * |c| &lt; delta only with a small known probability; otherwise no eigenvalue lies where |p| &gt; 1 / delta, and beyond the
 * Ritz values p only grows (J. van Dorsselaer, M. Hochstenbach and H. van der Vorst, "Computing probabilistic bounds for
 * extreme eigenvalues of symmetric matrices with the Lanczos method", SIAM J. Matrix Anal. Appl. 22, 2000, section 4).
 * c is the same in every step, so asking after each does not add up.
 */
final class LanczosPolynomial {

    /** Probability that an eigenvalue stays unseen beyond a value that counts as the bound of a spectrum. */
    private static final double UNSEEN = 1e-3;

    private final double[] diagonal;
    private final double[] offDiagonal;
    private int degree;

    /** -log of the least component of the start that counts; infinite where no start is known. */
    private double required = Double.POSITIVE_INFINITY;

    /** @param capacity largest degree */
    LanczosPolynomial(int capacity) {
        diagonal = new double[capacity];
        offDiagonal = new double[capacity];
    }

    /**
     * Begins a sequence.
     *
     * @param n dimension of the space
     * @param randomShare length of the uniformly random part of the unit start vector
     */
    void begin(long n, double randomShare) {
        degree = 0;
        required = -Math.log(leastComponent(n, UNSEEN) * randomShare);
    }

    /** Forgets the sequence: the basis was replaced. */
    void forget() {
        degree = 0;
        required = Double.POSITIVE_INFINITY;
    }

    /** One step: the newest vector's Rayleigh quotient, and the norm of what is left of its product. */
    void step(double alpha, double beta) {
        if (degree < diagonal.length) {
            diagonal[degree] = alpha;
            offDiagonal[degree] = beta;
            degree++;
        }
    }

    /** Whether no eigenvalue lies above x, but for the probability of {@value #UNSEEN}. */
    boolean boundsAbove(double x) {
        return bounds(x, 1);
    }

    /** Whether no eigenvalue lies below x, but for the probability of {@value #UNSEEN}. */
    boolean boundsBelow(double x) {
        return bounds(x, -1);
    }

    /**
     * Whether no eigenvalue lies above x, or below x for the sign -1, but for the probability of {@value #UNSEEN}. Ratios of successive Lanczos polynomials at x are all positive exactly where x is beyond all Ritz values.
     */
    boolean bounds(double x, int sign) {
        double growth = 0;
        double ratio = Double.POSITIVE_INFINITY;
        for (int j = 0; j < degree; j++) {
            double before = j == 0 ? 0 : offDiagonal[j - 1] / ratio;
            ratio = (sign * (x - diagonal[j]) - before) / offDiagonal[j];
            if (!(ratio > 0)) {
                return false;
            }
            growth += Math.log(ratio);
        }
        return degree > 0 && growth >= required;
    }

    /**
     * The component along a given direction below which a uniformly random unit vector has it with at most the given
     * probability. Its density is largest at 0, Gamma(n/2) / (sqrt(pi) Gamma((n-1)/2)), from n = 3 on.
     */
    static double leastComponent(long n, double probability) {
        if (n < 3) {
            return n == 1 ? 1 : Math.sin(probability * Math.PI / 2);
        }
        double logDensity = Gamma.logGamma(n / 2.0) - Gamma.logGamma((n - 1) / 2.0) - Math.log(Math.PI) / 2;
        return probability / 2 * Math.exp(-logDensity);
    }
}
