package org.thalweg.curvature;

import java.util.Arrays;

/**
 * A frame by the classes of its probe. Classes without examples are left out.
 *
 * @param classes their numbers, ascending
 * @param examples their number of the probe's each has
 * @param loss mean loss of each
 * @param accuracy percent of each
 * @param shares of each class in the curvature along each of the largest eigenvalues' vectors, {@code [vectors][classes]}; the
 *     shares of a vector add up to 1, and are NaN without a converged vector
 * @since 0.2.0
 */
public record ClassReport(int[] classes, int[] examples, double[] loss, double[] accuracy, double[][] shares) {

    public ClassReport {
        classes = classes.clone();
        examples = examples.clone();
        loss = loss.clone();
        accuracy = accuracy.clone();
        shares = Arrays.stream(shares).map(double[]::clone).toArray(double[][]::new);
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
    public double[] accuracy() {
        return accuracy.clone();
    }

    @Override
    public double[][] shares() {
        return Arrays.stream(shares).map(double[]::clone).toArray(double[][]::new);
    }
}
