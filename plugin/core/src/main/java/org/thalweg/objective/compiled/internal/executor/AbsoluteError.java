package org.thalweg.objective.compiled.internal.executor;

/**
 * factor |a - y|, with slope 0 where they are equal.
 *
 * @param factor 1 for DL4J's L1, one over the number of entries for its MAE
 */
record AbsoluteError(double factor) implements ElementwiseHostLoss {

    @Override
    public double value(double output, double label) {
        return factor * Math.abs(output - label);
    }

    @Override
    public double slope(double output, double label) {
        return factor * Math.signum(output - label);
    }

    @Override
    public double bend(double output, double label) {
        return 0;
    }
}
