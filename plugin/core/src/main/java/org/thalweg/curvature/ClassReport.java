package org.thalweg.curvature;

import java.util.Arrays;

/**
 * A frame by the classes of its probe. Classes without examples are left out.
 *
 * @param classes their numbers, ascending
 * @param examples their number of the probe's each has
 * @param loss mean loss of each
 * @param lossBar half the width of its 95 % interval for all data that the probe was drawn from; NaN if a class is in less than two batches
 * @param accuracy percent of each
 * @param accuracyBar the same for the accuracy
 * @param shares of each class in the curvature along each of the largest eigenvalues' vectors, {@code [vectors][classes]}; the
 *     shares of a vector add up to 1, and are NaN without a converged vector
 * @param shareBars the same for the shares; they do not show that the vector is fitted to the probe
 * @since 0.2.0
 */
public record ClassReport(
        int[] classes,
        int[] examples,
        double[] loss,
        double[] lossBar,
        double[] accuracy,
        double[] accuracyBar,
        double[][] shares,
        double[][] shareBars) {

    public ClassReport {
        classes = classes.clone();
        examples = examples.clone();
        loss = loss.clone();
        lossBar = lossBar.clone();
        accuracy = accuracy.clone();
        accuracyBar = accuracyBar.clone();
        shares = copy(shares);
        shareBars = copy(shareBars);
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public int[] classes() {
        return classes.clone();
    }

    @Override
    public int[] examples() {
        return examples.clone();
    }

    @Override
    public double[] loss() {
        return loss.clone();
    }

    @Override
    public double[] lossBar() {
        return lossBar.clone();
    }

    @Override
    public double[] accuracy() {
        return accuracy.clone();
    }

    @Override
    public double[] accuracyBar() {
        return accuracyBar.clone();
    }

    @Override
    public double[][] shares() {
        return copy(shares);
    }

    @Override
    public double[][] shareBars() {
        return copy(shareBars);
    }
}
