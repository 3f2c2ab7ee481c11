package org.thalweg.objective;

import java.io.Serializable;

/**
 * Selects the function of the parameters that an objective computes.
 *
 * @param mode state of the network
 * @param regularized whether l1, l2 and weight decay are part of loss, gradient and Hessian, those of every array that DL4J's
 *     updates apply them to; DL4J's {@code score} includes them but for layers and vertices on SameDiff, attention among
 *     them, its backpropagated gradient does not
 * @param batchSize examples per batch; in {@link ObjectiveMode#BATCH} and {@link ObjectiveMode#TRAINING} part of the
 *     function (statistics are computed per batch), otherwise only an upper bound
 * @param seed seed of the dropout masks in {@link ObjectiveMode#TRAINING}
 * @param memoryBudget limit in bytes for activations and the data kept for Hessian products
 * @since 0.2.0
 */
public record ObjectiveOptions(ObjectiveMode mode, boolean regularized, int batchSize, long seed, long memoryBudget)
        implements Serializable {

    /** Data loss of the network at inference, in batches of up to 512, within 2 GiB. */
    public static final ObjectiveOptions DEFAULT =
            new ObjectiveOptions(ObjectiveMode.RUNNING, false, 512, 12345, 2L << 30);

    public ObjectiveOptions {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
        }
        if (memoryBudget < 1) {
            throw new IllegalArgumentException("memory budget must be at least 1 byte, got " + memoryBudget);
        }
    }

    public ObjectiveOptions withMode(ObjectiveMode mode) {
        return new ObjectiveOptions(mode, regularized, batchSize, seed, memoryBudget);
    }

    public ObjectiveOptions withRegularized(boolean regularized) {
        return new ObjectiveOptions(mode, regularized, batchSize, seed, memoryBudget);
    }

    public ObjectiveOptions withBatchSize(int batchSize) {
        return new ObjectiveOptions(mode, regularized, batchSize, seed, memoryBudget);
    }

    public ObjectiveOptions withSeed(long seed) {
        return new ObjectiveOptions(mode, regularized, batchSize, seed, memoryBudget);
    }

    public ObjectiveOptions withMemoryBudget(long memoryBudget) {
        return new ObjectiveOptions(mode, regularized, batchSize, seed, memoryBudget);
    }
}
