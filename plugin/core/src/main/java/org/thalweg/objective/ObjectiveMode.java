package org.thalweg.objective;

/**
 * The state in which the network is evaluated.
 *
 * @since 0.2.0
 */
public enum ObjectiveMode {
    /** BatchNorm on its running statistics, dropout off: the network at inference. */
    RUNNING,
    /** BatchNorm on the statistics of the probe's fixed batches, dropout off. */
    BATCH,
    /**
     * As {@link #BATCH}, with dropout masks drawn once from the seed: the network in training.
     *
     * <p>The draws can be repeated elsewhere. For example i of the probe, at the k-th application of dropout in the
     * order of the layers (both from 0, frozen layers not counted), they come from a {@link java.util.SplittableRandom}
     * whose seed is i plus the first {@code nextLong()} of another one with the seed {@code seed + k}. Elements follow
     * each other channel by channel, row by row. Each element takes one {@code nextDouble()} u and is kept where u is
     * less than the probability to keep it (in spatial dropout, each channel takes one); a normal number takes two, u
     * and v, and is sqrt(-2 log(1 - u)) cos(2 pi v).
     */
    TRAINING
}
