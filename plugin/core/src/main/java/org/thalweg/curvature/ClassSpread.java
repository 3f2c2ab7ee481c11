package org.thalweg.curvature;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * 95 % bars of what is known of a probe's classes, from the spread over random batches. A mean over a class is a ratio of two sums over
 * batches, its total and the number of its examples; so is a class's share, its total over that of all classes. The variance of a ratio R
 * of totals y over totals x of k batches is that of its residuals y_b - R x_b: k / (k - 1) times the sum of their squares, over the square of
 * the sum of x (W. G. Cochran, "Sampling techniques", 3rd edition, 1977, section 6.4 with the batches as units). A class that only k batches have counts k
 * of them, and the quantile is that of Student's distribution with k - 1 degrees of freedom. With less than two such batches there is
 * no bar: NaN.
 */
final class ClassSpread {

    private static final double QUANTILE = 0.975;

    /** The same quantile of the normal distribution. */
    private static final double NORMAL = 1.959963984540054;

    /** {@code [classes][batches]}. */
    private final double[][] examples;

    /** @param examples number of each class in each batch, {@code [classes][batches]} */
    ClassSpread(double[][] examples) {
        this.examples = Arrays.stream(examples).map(double[]::clone).toArray(double[][]::new);
    }

    /** The mean over the examples of each class, from its means in batches, {@code [classes][batches]}; 0 where a batch has none. */
    double[] means(double[][] values) {
        double[] means = new double[examples.length];
        Arrays.setAll(means, c -> total(c, values) / sum(examples[c]));
        return means;
    }

    /** The bars of {@link #means}. */
    double[] meanBars(double[][] values) {
        double[] means = means(values);
        double[] bars = new double[examples.length];
        Arrays.setAll(bars, c -> {
            double[] residuals = new double[examples[c].length];
            Arrays.setAll(residuals, b -> examples[c][b] * (values[c][b] - means[c]));
            return bar(c, residuals, sum(examples[c]), present(c));
        });
        return bars;
    }

    /** The share of each class in the sum over all examples. */
    double[] shares(double[][] values) {
        double whole = whole(values);
        double[] shares = new double[examples.length];
        Arrays.setAll(shares, c -> total(c, values) / whole);
        return shares;
    }

    /** The bars of {@link #shares}. */
    double[] shareBars(double[][] values) {
        double[] shares = shares(values);
        double whole = whole(values);
        double[] all = new double[examples[0].length];
        for (int c = 0; c < examples.length; c++) {
            for (int b = 0; b < all.length; b++) {
                all[b] += examples[c][b] * values[c][b];
            }
        }
        double[] bars = new double[examples.length];
        Arrays.setAll(bars, c -> {
            double[] residuals = new double[all.length];
            Arrays.setAll(residuals, b -> examples[c][b] * values[c][b] - shares[c] * all[b]);
            return bar(c, residuals, whole, all.length);
        });
        return bars;
    }

    /**
     * The larger distance from a rate of correct examples to an end of its 95 % interval by E. B. Wilson (1927), which is not empty where all or none
     * are correct.
     *
     * @param percent of the examples that are correct
     */
    static double rateBar(double percent, double examples) {
        double rate = percent / 100;
        double square = NORMAL * NORMAL / examples;
        double middle = (rate + square / 2) / (1 + square);
        double half = Math.sqrt(square * (rate * (1 - rate) + square / 4)) / (1 + square);
        return 100 * (half + Math.abs(rate - middle));
    }

    /**
     * A bar from the residuals of a ratio over batches.
     *
     * @param units number of batches in the sum
     */
    private double bar(int c, double[] residuals, double denominator, int units) {
        int present = present(c);
        if (present < 2) {
            return Double.NaN;
        }
        double squares = Arrays.stream(residuals).map(x -> x * x).sum();
        double error = Math.sqrt(squares * units / (units - 1)) / Math.abs(denominator);
        return new TDistribution(present - 1).inverseCumulativeProbability(QUANTILE) * error;
    }

    private int present(int c) {
        return (int) Arrays.stream(examples[c]).filter(n -> n > 0).count();
    }

    private double total(int c, double[][] values) {
        double total = 0;
        for (int b = 0; b < examples[c].length; b++) {
            total += examples[c][b] * values[c][b];
        }
        return total;
    }

    private double whole(double[][] values) {
        double whole = 0;
        for (int c = 0; c < examples.length; c++) {
            whole += total(c, values);
        }
        return whole;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
