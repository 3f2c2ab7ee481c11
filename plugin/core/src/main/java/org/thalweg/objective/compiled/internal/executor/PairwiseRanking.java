package org.thalweg.objective.compiled.internal.executor;

/**
 * The mean of exp(a_j - a_i) over pairs with the labels y_i = 1 and y_j = 0. It is A B / (n m), where A sums exp(-a_i)
 * over the n positive labels and B sums exp(a_j) over the m others.
 */
record PairwiseRanking(int size) implements HostLoss {

    /** A and B of a row, and its weight over the number of pairs. */
    private record Sums(double positive, double negative, double scale) {}

    @Override
    public double sum(double[] outputs, double[] labels, double[] weights) {
        double sum = 0;
        for (int row = 0; row < labels.length; row += size) {
            Sums sums = sums(outputs, labels, weights, row);
            sum += sums.scale == 0 ? 0 : sums.scale * sums.positive * sums.negative;
        }
        return sum;
    }

    @Override
    public void slope(double[] outputs, double[] labels, double[] weights, double[] slope) {
        for (int row = 0; row < labels.length; row += size) {
            Sums sums = sums(outputs, labels, weights, row);
            for (int i = row; i < row + size; i++) {
                boolean positive = labels[i] != 0;
                double change =
                        positive ? -Math.exp(-outputs[i]) * sums.negative : Math.exp(outputs[i]) * sums.positive;
                slope[i] = sums.scale == 0 ? 0 : sums.scale * change;
            }
        }
    }

    @Override
    public void secondDerivative(
            double[] outputs, double[] labels, double[] weights, double[] tangent, double[] second) {
        for (int row = 0; row < labels.length; row += size) {
            Sums sums = sums(outputs, labels, weights, row);
            double positiveTangent = 0;
            double negativeTangent = 0;
            for (int i = row; i < row + size; i++) {
                boolean positive = labels[i] != 0;
                positiveTangent -= positive ? Math.exp(-outputs[i]) * tangent[i] : 0;
                negativeTangent += positive ? 0 : Math.exp(outputs[i]) * tangent[i];
            }
            for (int i = row; i < row + size; i++) {
                double change = labels[i] != 0
                        ? Math.exp(-outputs[i]) * (tangent[i] * sums.negative - negativeTangent)
                        : Math.exp(outputs[i]) * (tangent[i] * sums.positive + positiveTangent);
                second[i] = sums.scale == 0 ? 0 : sums.scale * change;
            }
        }
    }

    private Sums sums(double[] outputs, double[] labels, double[] weights, int row) {
        double positive = 0;
        double negative = 0;
        int positives = 0;
        for (int i = row; i < row + size; i++) {
            if (labels[i] != 0) {
                positive += Math.exp(-outputs[i]);
                positives++;
            } else {
                negative += Math.exp(outputs[i]);
            }
        }
        int pairs = positives * (size - positives);
        return new Sums(positive, negative, pairs == 0 ? 0 : weights[row] / pairs);
    }
}
