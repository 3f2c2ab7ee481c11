package org.thalweg.krylov;

import java.util.stream.IntStream;

/**
 * Which Ritz vectors a thick restart keeps: all that leave room for a few steps, divided between the two ends of the
 * spectrum so that both are done soonest.
 *
 * <p>A Krylov method damps the Ritz values it does not keep, an interval [a, b], and so sees a wanted value through its
 * distance from that interval, gamma = distance / (b - a): every step shrinks its residual by exp(arcosh(1 + 2 gamma)),
 * the growth of Chebyshev's polynomials (Y. Saad, Numerical Methods for Large Eigenvalue Problems, 2011, section 6.6).
 * Each vector kept beyond the wanted ones moves a or b inwards. That this is worth more than the steps it costs is what I.
 * Yamazaki, Z. Bai, H. Simon, L.-W. Wang and K. Wu found ("Adaptive projection subspace dimension for the thick-restart
 * Lanczos method", ACM Trans. Math. Softw. 37, 2010); they choose for one end, here two compete for the room.
 */
final class RestartChoice {

    /** Steps between restarts, as a share of the basis: fewer cost passes over the basis, more cost products. */
    private static final int SHARE = 6;

    private static final int FEWEST_STEPS = 2;

    private final double[] values;
    private final double[] excess;
    private final int largest;
    private final int smallest;

    /**
     * @param values Ritz values of the full basis, descending
     * @param excess residual by bound of each; a pair has converged from 1 downwards
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

    /** Estimated steps until the last wanted pair has converged, if so many are kept at each end. */
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
