package org.thalweg.objective.compiled.internal.executor;

/**
 * -sum_j w_j y_j log p_j of the logits z, p = softmax(z). With W = sum_j w_j y_j: the gradient is W p - w y, and its
 * derivative along t is W p (t - &lt;p, t&gt;).
 */
record SoftmaxCrossEntropy(int size) implements HostLoss {

    @Override
    public double sum(double[] outputs, double[] labels, double[] weights) {
        double sum = 0;
        for (int row = 0; row < labels.length; row += size) {
            double normalizer = logSumExp(outputs, row, size);
            for (int i = row; i < row + size; i++) {
                double weight = weights[i] * labels[i];
                // An infinite logit of a class with zero weight must not make the sum NaN.
                sum += weight == 0 ? 0 : weight * (normalizer - outputs[i]);
            }
        }
        return sum;
    }

    @Override
    public void slope(double[] outputs, double[] labels, double[] weights, double[] slope) {
        for (int row = 0; row < labels.length; row += size) {
            double normalizer = logSumExp(outputs, row, size);
            double total = total(labels, weights, row);
            for (int i = row; i < row + size; i++) {
                double probability = Math.exp(outputs[i] - normalizer);
                slope[i] = total * probability - weights[i] * labels[i];
            }
        }
    }

    @Override
    public void secondDerivative(
            double[] outputs, double[] labels, double[] weights, double[] tangent, double[] second) {
        for (int row = 0; row < labels.length; row += size) {
            double normalizer = logSumExp(outputs, row, size);
            double total = total(labels, weights, row);
            double mean = 0;
            for (int i = row; i < row + size; i++) {
                second[i] = Math.exp(outputs[i] - normalizer);
                mean += second[i] * tangent[i];
            }
            for (int i = row; i < row + size; i++) {
                second[i] *= total * (tangent[i] - mean);
            }
        }
    }

    private double total(double[] labels, double[] weights, int row) {
        double total = 0;
        for (int i = row; i < row + size; i++) {
            total += weights[i] * labels[i];
        }
        return total;
    }

    private static double logSumExp(double[] z, int from, int size) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + size; i++) {
            largest = Math.max(largest, z[i]);
        }
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += Math.exp(z[i] - largest);
        }
        return largest + Math.log(sum);
    }
}
