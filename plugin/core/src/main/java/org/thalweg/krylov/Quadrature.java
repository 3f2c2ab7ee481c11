package org.thalweg.krylov;

/**
 * One probe's Gauss quadrature of the spectrum: the mean of f over it is about the sum of weights[i] f(nodes[i]).
 *
 * @param nodes Ritz values, descending
 * @param weights squared first components of their vectors, summing to 1
 * @since 0.2.0
 */
public record Quadrature(double[] nodes, double[] weights) {

    public Quadrature {
        nodes = nodes.clone();
        weights = weights.clone();
    }

    @Override
    public double[] nodes() {
        return nodes.clone();
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    /** The sum of weights[i] (nodes[i] - center)^power. */
    double moment(double center, int power) {
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * Math.pow(nodes[i] - center, power);
        }
        return sum;
    }
}
