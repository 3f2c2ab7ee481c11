package org.thalweg.krylov;

/**
 * A vector of a {@link VectorSpace}, in ND4J's memory or a device's. The space has the operations on it. Closing frees
 * the elements, unless they are part of another vector.
 *
 * @since 0.2.0
 */
public interface Vector extends AutoCloseable {

    /** Frees the elements. Never throws. */
    @Override
    void close();
}
