package org.thalweg.objective.compiled.internal.executor;

import org.thalweg.objective.compiled.spi.LossFunction;

/** The sum of a {@link LossFunction} over a batch, and its derivatives. All arrays are row-major {@code [n, size]}. */
interface HostLoss {

    /** The weighted loss, summed over all entries. */
    double sum(double[] outputs, double[] labels, double[] weights);

    /** The derivative of the sum with respect to the outputs. */
    void slope(double[] outputs, double[] labels, double[] weights, double[] slope);

    /** The derivative of {@link #slope} when the outputs move along a tangent. */
    void secondDerivative(double[] outputs, double[] labels, double[] weights, double[] tangent, double[] second);

    /**
     * The loss of a function.
     *
     * @param size entries of one example
     */
    static HostLoss of(LossFunction function, double parameter, int size) {
        return switch (function) {
            case SOFTMAX_CROSS_ENTROPY -> new SoftmaxCrossEntropy(size);
            case COSINE_PROXIMITY -> new CosineProximity(size);
            case PAIRWISE_RANKING -> new PairwiseRanking(size);
            default -> EntryLoss.of(function, parameter);
        };
    }
}
