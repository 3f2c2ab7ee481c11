package org.thalweg.krylov;

import java.util.stream.IntStream;

/**
 * Chooses the Ritz vectors that a thick restart keeps: as many as leave room for a few steps, divided between the two
 * ends of the spectrum so that both converge soonest.
 *
 * <p>A Krylov method damps the interval [a, b] of the Ritz values that it does not keep. The relative distance of a
 * wanted value from that interval, gamma = distance / (b - a), sets its speed of convergence: every step shrinks its
 * residual by exp(arcosh(1 + 2 gamma)), the growth of Chebyshev's polynomials (Y. Saad, Numerical Methods for Large
 * Eigenvalue Problems, 2011, section 6.6). Each vector kept beyond the wanted ones moves a or b inwards. I. Yamazaki,
 * Z. Bai, H. Simon, L.-W. Wang and K. Wu found that this saves more steps than it costs ("Adaptive projection subspace
 * dimension for the thick-restart Lanczos method", ACM Trans. Math. Softw. 37, 2010); they choose for one end, here two
 * ends share the basis.
 */
final class RestartChoice {

    /** Steps between restarts, as a share of the basis: fewer steps cost passes over the basis, more cost products. */
    private static final int SHARE = 6;

    private static final int FEWEST_STEPS = 2;

    private final double[] values;
    private final double[] excess;
    private final int largest;
    private final int smallest;

    /**
     * @param values Ritz values of the full basis, descending
     * @param excess residual divided by its bound for each pair, which has converged where this is at most 1
     * @param largest number of wanted values at the upper end
     * @param smallest number of wanted values at the lower end
     */
    RestartChoice(double[] values, double[] excess, int largest, int smallest) {
        this.values = values;
        this.excess = excess;
        this.largest = largest;
        this.smallest = smallest;
    }

    /** Indices of the Ritz vectors to keep, ascending. */
    int[] kept() {
        int size = values.length;
        int room = size - largest - smallest;
        int keep = size - Math.min(room, Math.max(FEWEST_STEPS, size / SHARE));
        int best = largest;
        for (int top = largest + 1; top <= keep - smallest; top++) {
            if (stepsToGo(top, keep - top) < stepsToGo(best, keep - best)) {
                best = top;
            }
        }
        return IntStream.concat(IntStream.range(0, best), IntStream.range(size - keep + best, size))
                .toArray();
    }

    /** Estimated steps until the last wanted pair converges, for a number of vectors kept at each end. */
    private double stepsToGo(int top, int bottom) {
        double high = values[top];
        double low = values[values.length - bottom - 1];
        double steps = 0;
        for (int i = 0; i < largest; i++) {
            steps = Math.max(steps, stepsToGo(excess[i], values[i] - high, high - low));
        }
        for (int i = values.length - smallest; i < values.length; i++) {
            steps = Math.max(steps, stepsToGo(excess[i], low - values[i], high - low));
        }
        return steps;
    }

    private static double stepsToGo(double excess, double distance, double length) {
        if (excess <= 1) {
            return 0;
        }
        double x = 1 + 2 * distance / Math.max(length, Double.MIN_NORMAL);
        return Math.log(excess) / Math.log(x + Math.sqrt(x * x - 1));
    }
}
