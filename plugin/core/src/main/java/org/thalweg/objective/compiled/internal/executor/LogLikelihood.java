package org.thalweg.objective.compiled.internal.executor;

/** -y log a, for outputs a that are probabilities already. */
record LogLikelihood() implements ElementwiseHostLoss {

    @Override
    public double value(double output, double label) {
        return label == 0 ? 0 : -label * Math.log(output);
    }

    @Override
    public double slope(double output, double label) {
        return label == 0 ? 0 : -label / output;
    }

    @Override
    public double bend(double output, double label) {
        return label == 0 ? 0 : label / (output * output);
    }
}
