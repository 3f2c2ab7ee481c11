package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Tensor;

/**
 * A tensor in pieces of some examples each, so that intermediate numbers need little memory and stay in the cache.
 *
 * @param examples of the tensor
 * @param size of a piece, in examples
 * @param shape of a piece
 */
record Pieces(long examples, long size, long[] shape) {

    /** Number of elements per piece. */
    private static final long ELEMENTS = 1 << 16;

    /** What to do with the examples from (inclusive) to (exclusive). */
    @FunctionalInterface
    interface Work {
        void on(long from, long to);
    }

    static Pieces of(Tensor tensor) {
        long examples = tensor.size(0);
        long size = Math.max(1, Math.min(examples, ELEMENTS * examples / tensor.length()));
        long[] shape = tensor.shape();
        shape[0] = size;
        return new Pieces(examples, size, shape);
    }

    void forEach(Work work) {
        for (long from = 0; from < examples; from += size) {
            work.on(from, Math.min(examples, from + size));
        }
    }
}
