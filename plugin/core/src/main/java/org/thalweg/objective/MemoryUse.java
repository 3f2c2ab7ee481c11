package org.thalweg.objective;

/**
 * How an objective cuts its probe, and what the buffers of its Hessian take.
 *
 * @param batches how many
 * @param batchSize examples a batch; the last one may be smaller
 * @param bytes of all buffers that activations and what Hessian products share take at once
 * @param recomputed whether each product computes activations and gradients again, because keeping those of all batches
 *     would not fit the budget
 */
public record MemoryUse(int batches, int batchSize, long bytes, boolean recomputed) {}
