package org.thalweg.objective;

/**
 * How an objective splits its probe, and what its buffers take: right to 1 % with one batch, to 10 % with several. Each surface
 * and each Hessian allocates its own.
 *
 * @param batches how many
 * @param batchSize examples per batch; the last one may be smaller
 * @param valueBytes of all buffers that a slice's values take at once
 * @param bytes of all buffers that activations and what Hessian products share take at once
 * @param recomputed whether each product computes activations and gradients again, because keeping those of all batches
 *     would not fit the budget
 * @since 0.2.0
 */
public record MemoryUse(int batches, int batchSize, long valueBytes, long bytes, boolean recomputed) {}
