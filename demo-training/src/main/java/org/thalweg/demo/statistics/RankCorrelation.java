package org.thalweg.demo.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Spearman's rank correlation, or the difference of two, with a 95 % interval. Ties have the mean of their ranks. The interval is the percentile
 * bootstrap's: 2.5 % and 97.5 % quantiles of the coefficients of resampled pairs (B. Efron and R. Tibshirani, "An
 * introduction to the bootstrap", 1993, chapter 13). Resamples without any order, all of one pair, have no coefficient and are
 * left out. Of normal samples of 24 with coefficients of 0, 0.48 and 0.79 the intervals contained them in 94 to 97 of 100. Immutable.
 *
 * @param value from -1 to 1, or the difference; NaN where one of the variables is constant or there are fewer than two pairs
 * @param low lower end of the interval
 * @param high upper end
 * @param pairs number of pairs
 */
public record RankCorrelation(double value, double low, double high, int pairs) {

    /** The error of the interval's ends from the number of resamples is about a tenth of the interval's own. */
    public static final int RESAMPLES = 4_000;

    private static final double TAIL_PERCENT = 2.5;

    /**
     * The correlation of two variables.
     *
     * @param x finite, {@code [n]}
     * @param y finite, {@code [n]}
     * @param resamples number of bootstrap resamples
     * @param seed seed of the resamples
     * @throws IllegalArgumentException if the lengths differ or a value is not finite
     */
    public static RankCorrelation spearman(double[] x, double[] y, int resamples, long seed) {
        requireComparable(x, y);
        return of(x.length, resamples, seed, pairs -> coefficient(pick(x, pairs), pick(y, pairs)));
    }

    /**
     * The correlation of a variable with y minus that of another one, on shared resamples.
     *
     * @param x the variable, {@code [n]}
     * @param other the other one, {@code [n]}
     * @param y finite, {@code [n]}
     */
    public static RankCorrelation difference(double[] x, double[] other, double[] y, int resamples, long seed) {
        requireComparable(x, y);
        requireComparable(other, y);
        return of(x.length, resamples, seed, pairs -> {
            double[] drawn = pick(y, pairs);
            return coefficient(pick(x, pairs), drawn) - coefficient(pick(other, pairs), drawn);
        });
    }

    /** A statistic of all pairs, given by their indices, with its interval. */
    private static RankCorrelation of(int n, int resamples, long seed, ToDoubleFunction<int[]> statistic) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[] drawn = new double[resamples];
        int[] pairs = new int[n];
        for (int b = 0; b < resamples; b++) {
            Arrays.setAll(pairs, i -> random.nextInt(n));
            drawn[b] = statistic.applyAsDouble(pairs);
        }
        double[] coefficients =
                Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
        Arrays.setAll(pairs, i -> i);
        return new RankCorrelation(
                statistic.applyAsDouble(pairs),
                quantile(coefficients, TAIL_PERCENT),
                quantile(coefficients, 100 - TAIL_PERCENT),
                n);
    }

    private static double[] pick(double[] values, int... pairs) {
        return Arrays.stream(pairs).mapToDouble(i -> values[i]).toArray();
    }

    private static void requireComparable(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "a correlation needs as many values of both variables, got " + x.length + " and " + y.length);
        }
        requireFinite(x);
        requireFinite(y);
    }

    private static double coefficient(double[] x, double[] y) {
        try {
            return new SpearmansCorrelation().correlation(x, y);
        } catch (MathIllegalArgumentException tooFew) {
            return Double.NaN;
        }
    }

    /** Between order statistics as in NumPy's default, Hyndman and Fan's type 7. */
    private static double quantile(double[] sorted, double percent) {
        return sorted.length == 0
                ? Double.NaN
                : new Percentile(percent)
                        .withEstimationType(Percentile.EstimationType.R_7)
                        .evaluate(sorted);
    }

    private static void requireFinite(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a correlation needs finite values, got " + value);
            }
        }
    }

    /** Whether the interval lies above 0. */
    public boolean isPositive() {
        return low > 0;
    }

    /** Whether the interval lies below 0. */
    public boolean isNegative() {
        return high < 0;
    }

    /** For people: {@code +0.52 [+0.10, +0.80]}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", value, low, high);
    }
}
