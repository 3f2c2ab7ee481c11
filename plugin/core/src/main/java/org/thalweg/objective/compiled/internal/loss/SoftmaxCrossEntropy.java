package org.thalweg.objective.compiled.internal.loss;

import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Targets;

/**
 * -sum_j w_j y_j log p_j of the logits z, p = softmax(z). With W = sum_j w_j y_j: the gradient is W p - w y, and its
 * derivative along t is W p (t - &lt;p, t&gt;).
 */
public record SoftmaxCrossEntropy() implements OutputLoss {

    @Override
    public double sum(double[] outputs, Targets targets) {
        double sum = 0;
        for (int row = 0; row < targets.labels().length; row += targets.size()) {
            double normalizer = logSumExp(outputs, row, targets.size());
            for (int i = row; i < row + targets.size(); i++) {
                double weight = targets.weight(i) * targets.labels()[i];
                // An infinite logit of a class that does not count must not make the sum NaN.
                sum += weight == 0 ? 0 : weight * (normalizer - outputs[i]);
            }
        }
        return sum;
    }

    @Override
    public void gradient(double[] outputs, Targets targets, double[] gradient) {
        for (int row = 0; row < targets.labels().length; row += targets.size()) {
            double normalizer = logSumExp(outputs, row, targets.size());
            double total = total(targets, row);
            for (int i = row; i < row + targets.size(); i++) {
                double probability = Math.exp(outputs[i] - normalizer);
                gradient[i] = total * probability - targets.weight(i) * targets.labels()[i];
            }
        }
    }

    @Override
    public void gradientTangent(double[] outputs, Targets targets, double[] tangent, double[] gradientTangent) {
        for (int row = 0; row < targets.labels().length; row += targets.size()) {
            double normalizer = logSumExp(outputs, row, targets.size());
            double total = total(targets, row);
            double mean = 0;
            for (int i = row; i < row + targets.size(); i++) {
                gradientTangent[i] = Math.exp(outputs[i] - normalizer);
                mean += gradientTangent[i] * tangent[i];
            }
            for (int i = row; i < row + targets.size(); i++) {
                gradientTangent[i] *= total * (tangent[i] - mean);
            }
        }
    }

    private static double total(Targets targets, int row) {
        double total = 0;
        for (int i = row; i < row + targets.size(); i++) {
            total += targets.weight(i) * targets.labels()[i];
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
