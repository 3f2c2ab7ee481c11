package org.thalweg.krylov;

/**
 * A vector of a {@link VectorSpace}, wherever its elements lie: in ND4J's memory or a device's. What can be done with it is
 * asked of the space. Closing frees the elements, unless they are part of another vector.
 *
 * @since 0.2.0
 */
public interface Vector extends AutoCloseable {

    /** Frees the elements. Never throws. */
    @Override
    void close();
}
