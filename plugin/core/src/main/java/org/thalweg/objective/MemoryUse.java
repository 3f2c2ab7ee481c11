package org.thalweg.objective;

/**
 * How an objective splits its probe, and the size of its buffers: exact to 1 % with one batch, to 10 % with several.
 * Each surface and each Hessian allocates its own buffers.
 *
 * @param batches number of batches
 * @param batchSize examples per batch; the last one may be smaller
 * @param valueBytes bytes of all buffers that a slice needs for values at the same time
 * @param bytes bytes of all buffers that activations and the shared data of Hessian products need at the same time
 * @param recomputed whether each product computes activations and gradients again, because those of all batches exceed
 *     the budget
 * @since 0.2.0
 */
public record MemoryUse(int batches, int batchSize, long valueBytes, long bytes, boolean recomputed) {}
