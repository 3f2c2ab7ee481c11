package org.thalweg.objective;

/** In which state the network is looked at. */
public enum ObjectiveMode {
    /** BatchNorm on its running statistics, dropout off: the network as it predicts. */
    RUNNING,
    /** BatchNorm on the statistics of the probe's fixed batches, dropout off. */
    BATCH,
    /** As {@link #BATCH}, with dropout masks drawn once from the seed: the network as it trains. */
    TRAINING
}
