package org.thalweg.krylov;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The three-term recurrence from one start vector: beta_j v_j+1 = H v_j - alpha_j v_j - beta_j-1 v_j-1, in the order that C. Paige
 * found the most accurate ("Accuracy and effectiveness of the Lanczos algorithm for the symmetric eigenproblem", Linear
 * Algebra Appl. 34, 1980): H v_j - beta_j-1 v_j-1 first, then its product with v_j. It holds two vectors, and while a product is formed
 * a third, unless the operator adds products in place.
 *
 * <p>The vectors lose their orthogonality as Ritz values converge, and converged values appear again as further copies. By
 * Paige's analysis no eigenvalue of the tridiagonal matrix whose vector ends in a small element is wrong for that: it lies as close to an
 * eigenvalue of H as the element says, up to rounding: a few units of the operator's norm until copies appear. With copies it
 * grows, in 2000 random spectra to fewer units than the sequence has steps.
 */
final class LanczosSequence implements AutoCloseable {

    /** Vectors held at the same time where products are not added in place. */
    static final int VECTORS = 3;

    private final LinearOperator operator;
    private final VectorSpace space;
    private final Accuracy accuracy;
    private final LanczosPolynomial polynomial;
    private double[] alpha = new double[64];
    private double[] beta = new double[64];
    private int size;
    private double scale;
    private Vector previous;
    private Vector current;

    /**
     * @param start of any length but zero; belongs to the sequence from now on
     * @param randomShare length of the start's random part, relative to the whole
     * @param capacity largest number of steps
     */
    LanczosSequence(LinearOperator operator, Accuracy accuracy, Vector start, double randomShare, int capacity) {
        this.operator = operator;
        this.space = operator.space();
        this.accuracy = accuracy;
        this.polynomial = new LanczosPolynomial(capacity);
        polynomial.begin(operator.dimension(), randomShare);
        this.current = unit(space, start);
        this.previous = space.zeros();
    }

    private static Vector unit(VectorSpace space, Vector start) {
        space.divide(space.norm(start), start);
        return start;
    }

    int size() {
        return size;
    }

    /** Lower bound of the operator's norm. */
    double scale() {
        return scale;
    }

    LanczosPolynomial polynomial() {
        return polynomial;
    }

    /**
     * Takes a product.
     *
     * @param number of the product in the whole run
     * @return false if nothing but rounding is left of it: the sequence spans an invariant subspace and has ended
     */
    boolean step(int number) {
        double before = size == 0 ? 0 : beta[size - 1];
        operator.multiplyAdd(current, -before, previous);
        double rayleigh = space.dot(current, previous);
        space.axpy(-rayleigh, current, previous);
        double rest = space.norm(previous);
        if (!Double.isFinite(rayleigh) || !Double.isFinite(rest)) {
            throw new NonFiniteProductException(number);
        }
        if (size == alpha.length) {
            alpha = Arrays.copyOf(alpha, 2 * size);
            beta = Arrays.copyOf(beta, 2 * size);
        }
        alpha[size] = rayleigh;
        scale = Math.max(scale, Math.hypot(Math.hypot(before, rayleigh), rest));
        boolean grows = rest > accuracy.rounding(scale) && operator.dimension() > 1;
        beta[size] = rest;
        polynomial.step(rayleigh, Math.max(rest, Double.MIN_NORMAL));
        size++;
        if (grows) {
            advance(size - 1);
        }
        return grows;
    }

    /** Makes what is left of a product the newest vector. */
    private void advance(int step) {
        space.divide(beta[step], previous);
        Vector next = previous;
        previous = current;
        current = next;
    }

    /**
     * A value of the tridiagonal matrix and its vector.
     *
     * @param residual how close an eigenvalue of the operator must lie, but for rounding
     * @param rounding of the value
     */
    record Ritz(double value, double[] coordinates, double residual, double rounding) {

        /** How close an eigenvalue of the operator must lie. */
        double error() {
            return Math.max(residual, rounding);
        }
    }

    /** The values furthest out, the largest and the smallest, of the steps so far. */
    Ritz[] ends() {
        EigenDecomposition solved =
                new EigenDecomposition(Arrays.copyOf(alpha, size), Arrays.copyOf(beta, Math.max(0, size - 1)));
        double[] values = solved.getRealEigenvalues();
        double[] last = IntStream.range(0, size)
                .mapToDouble(
                        i -> beta[size - 1] * Math.abs(solved.getEigenvector(i).getEntry(size - 1)))
                .toArray();
        scale = Math.max(scale, Math.max(Math.abs(values[0]), Math.abs(values[size - 1])));
        return new Ritz[] {end(solved, values, last, 0), end(solved, values, last, size - 1)};
    }

    /**
     * A value with the smallest bound that any of the values gives it: of the copies of a value, the outermost may be one that has
     * only begun to appear.
     */
    private Ritz end(EigenDecomposition solved, double[] values, double[] last, int i) {
        int best = i;
        double bound = last[i];
        for (int j = 0; j < size; j++) {
            double other = Math.abs(values[j] - values[i]) + last[j];
            if (other < bound) {
                best = j;
                bound = other;
            }
        }
        double unit = accuracy.epsilon() * scale;
        double rounding = accuracy.rounding(scale);
        double smallest = bound;
        // Neighbours in a dense part of the spectrum have not converged to rounding.
        long copies = IntStream.range(0, size)
                .filter(j -> Math.abs(values[j] - values[i]) <= size * unit)
                .filter(j -> Math.min(last[j], smallest) <= rounding)
                .count();
        return new Ritz(values[i], solved.getEigenvector(best).toArray(), bound, copies > 1 ? size * unit : unit);
    }

    /**
     * Runs the sequence again and sums its vectors.
     *
     * @param start the start vector again; belongs to the sequence from now on
     * @param coordinates of each sum, one for each step, or for the first steps
     * @param sums vectors that are added to
     * @return number of products taken
     */
    int replay(Supplier<Vector> start, double[][] coordinates, Vector[] sums) {
        close();
        current = unit(space, start.get());
        previous = space.zeros();
        int length =
                Arrays.stream(coordinates).mapToInt(sum -> sum.length).max().orElse(1);
        for (int j = 0; j < length; j++) {
            for (int k = 0; k < sums.length; k++) {
                if (j < coordinates[k].length) {
                    space.axpy(coordinates[k][j], current, sums[k]);
                }
            }
            if (j + 1 < length) {
                operator.multiplyAdd(current, j == 0 ? 0 : -beta[j - 1], previous);
                space.axpy(-alpha[j], current, previous);
                advance(j);
            }
        }
        return length - 1;
    }

    @Override
    public void close() {
        previous.close();
        current.close();
    }
}
