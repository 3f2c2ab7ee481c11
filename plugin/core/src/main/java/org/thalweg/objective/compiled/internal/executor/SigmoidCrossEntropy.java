package org.thalweg.objective.compiled.internal.executor;

/** -y log s(z) - (1 - y) log(1 - s(z)) of the logit z, s the sigmoid: exact however far z is from zero. */
record SigmoidCrossEntropy() implements ElementwiseHostLoss {

    @Override
    public double value(double logit, double label) {
        return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
    }

    @Override
    public double slope(double logit, double label) {
        return sigmoid(logit) - label;
    }

    @Override
    public double bend(double logit, double label) {
        // s (1 - s), without the difference that would be rounded to zero.
        return sigmoid(logit) * sigmoid(-logit);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
