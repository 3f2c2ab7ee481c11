package org.thalweg.objective.compiled.internal.loss;

/** -y log a, for outputs a that are probabilities already. */
public record LogLikelihood() implements ElementwiseLoss {

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
