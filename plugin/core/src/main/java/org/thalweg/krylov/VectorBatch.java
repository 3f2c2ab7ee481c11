package org.thalweg.krylov;

/**
 * Vectors that are multiplied together. Closing frees them all.
 *
 * @since 0.2.0
 */
public interface VectorBatch extends AutoCloseable {

    /** Number of vectors, k. */
    int size();

    /** Vector i, which is part of this batch. */
    Vector get(int i);

    /** Frees the vectors. Never throws. */
    @Override
    void close();
}
