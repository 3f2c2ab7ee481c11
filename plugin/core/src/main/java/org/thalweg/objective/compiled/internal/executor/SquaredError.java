package org.thalweg.objective.compiled.internal.executor;

/**
 * factor (a - y)^2.
 *
 * @param factor 1 for DL4J's L2, one over the number of entries for its MSE
 */
record SquaredError(double factor) implements ElementwiseHostLoss {

    @Override
    public double value(double output, double label) {
        return factor * (output - label) * (output - label);
    }

    @Override
    public double slope(double output, double label) {
        return 2 * factor * (output - label);
    }

    @Override
    public double bend(double output, double label) {
        return 2 * factor;
    }
}
