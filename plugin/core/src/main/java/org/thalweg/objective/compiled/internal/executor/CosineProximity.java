package org.thalweg.objective.compiled.internal.executor;

/**
 * -&lt;a, y&gt; / (|a| |y|). With s = &lt;a, y&gt;, p = |a| and q = |y|: the gradient is (s a / p^3 - y / p) / q, and its derivative
 * along t is (&lt;y, t&gt; a + s t + &lt;a, t&gt; (y - 3 s a / p^2)) / (p^3 q).
 */
record CosineProximity(int size) implements HostLoss {

    @Override
    public double sum(double[] outputs, double[] labels, double[] weights) {
        double sum = 0;
        for (int row = 0; row < labels.length; row += size) {
            double lengths = length(outputs, row) * length(labels, row);
            sum -= counts(weights, row, lengths) ? weights[row] * dot(outputs, labels, row) / lengths : 0;
        }
        return sum;
    }

    @Override
    public void slope(double[] outputs, double[] labels, double[] weights, double[] slope) {
        for (int row = 0; row < labels.length; row += size) {
            double p = length(outputs, row);
            double q = length(labels, row);
            double s = dot(outputs, labels, row);
            boolean counts = counts(weights, row, p * q);
            for (int i = row; i < row + size; i++) {
                slope[i] = counts ? weights[row] * (s * outputs[i] / (p * p) - labels[i]) / (p * q) : 0;
            }
        }
    }

    @Override
    public void secondDerivative(
            double[] outputs, double[] labels, double[] weights, double[] tangent, double[] second) {
        for (int row = 0; row < labels.length; row += size) {
            double p = length(outputs, row);
            double q = length(labels, row);
            double s = dot(outputs, labels, row);
            double alongOutput = dot(outputs, tangent, row);
            double alongLabel = dot(labels, tangent, row);
            boolean counts = counts(weights, row, p * q);
            for (int i = row; i < row + size; i++) {
                double turned = alongLabel * outputs[i]
                        + s * tangent[i]
                        + alongOutput * (labels[i] - 3 * s * outputs[i] / (p * p));
                second[i] = counts ? weights[row] * turned / (p * p * p * q) : 0;
            }
        }
    }

    private static boolean counts(double[] weights, int row, double lengths) {
        return weights[row] != 0 && lengths != 0;
    }

    private double length(double[] values, int row) {
        return Math.sqrt(dot(values, values, row));
    }

    private double dot(double[] x, double[] y, int row) {
        double sum = 0;
        for (int i = row; i < row + size; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
