package org.thalweg.objective;

/**
 * How an objective cuts its probe, and what its buffers take, to a hundredth in one batch and a tenth in several. They are made
 * for each surface and each Hessian anew.
 *
 * @param batches how many
 * @param batchSize examples a batch; the last one may be smaller
 * @param valueBytes of all buffers that a slice's values take at once
 * @param bytes of all buffers that activations and what Hessian products share take at once
 * @param recomputed whether each product computes activations and gradients again, because keeping those of all batches
 *     would not fit the budget
 */
public record MemoryUse(int batches, int batchSize, long valueBytes, long bytes, boolean recomputed) {}
