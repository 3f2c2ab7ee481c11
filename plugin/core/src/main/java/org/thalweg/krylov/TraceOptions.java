package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Options of a trace estimate, which takes {@code 2 sketch + samples} products. Immutable.
 *
 * @param sketch columns of Hutch++'s sketch, each two products; 0 for Hutchinson's estimator
 * @param samples random vectors of the random part, each one product, at least 2 for a standard error
 * @param seed seed of all random vectors
 * @since 0.2.0
 */
public record TraceOptions(int sketch, int samples, long seed) {

    /** Hutch++ with a sketch of 10, where most of a network's trace lies, and 30 samples: 50 products. */
    public static final TraceOptions DEFAULT = new TraceOptions(10, 30, 12345);

    public TraceOptions {
        if (sketch < 0) {
            throw new IllegalArgumentException("sketch must not be negative, got " + sketch);
        }
        if (samples < 2) {
            throw new IllegalArgumentException("a standard error needs at least 2 samples, got " + samples);
        }
    }

    public TraceOptions withSketch(int sketch) {
        return new TraceOptions(sketch, samples, seed);
    }

    public TraceOptions withSamples(int samples) {
        return new TraceOptions(sketch, samples, seed);
    }

    public TraceOptions withSeed(long seed) {
        return new TraceOptions(sketch, samples, seed);
    }

    /** {@code hutch++} or {@code hutchinson}, the word in files. */
    public String estimator() {
        return sketch == 0 ? "hutchinson" : "hutch++";
    }

    /** Bytes that the estimate needs for vectors of length n: the sketch, its candidate, a block and its products. */
    public long bytes(long n, DataType type) {
        return KrylovBasis.bytes(type, Math.max(1, sketch), n) + 2L * TraceEstimator.BLOCK * n * type.width();
    }
}
