package org.thalweg.objective;

/**
 * The state in which the network is evaluated.
 *
 * @since 0.2.0
 */
public enum ObjectiveMode {
    /** BatchNorm on its running statistics, dropout off: the network as it predicts. */
    RUNNING,
    /** BatchNorm on the statistics of the probe's fixed batches, dropout off. */
    BATCH,
    /**
     * As {@link #BATCH}, with what dropout draws drawn once from the seed: the network as it trains.
     *
     * <p>What is drawn can be drawn again elsewhere. For example i of the probe, at the k-th application of dropout in
     * the order of the layers (both from 0, frozen layers not counted), it comes from a {@link
     * java.util.SplittableRandom} whose seed is the first {@code nextLong()} of that with the seed {@code seed + k},
     * plus i. Elements follow each other channel by channel, row by row. Each takes one {@code nextDouble()} u and is
     * kept where u is less than the probability to keep it (spatial dropout: each channel takes one); a normal number
     * takes two, u and v, and is sqrt(-2 log(1 - u)) cos(2 pi v).
     */
    TRAINING
}
