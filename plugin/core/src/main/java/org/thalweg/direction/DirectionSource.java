package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A kind of plane through the parameters. The same context gives the same directions, to the last bit.
 *
 * <p>Directions are as their kind has them, an eigenvector of unit length say; {@link #scaled} fits them to the weights
 * and {@link #orthogonalized} makes the second perpendicular to the first, for any kind. Not thread-safe.
 */
public interface DirectionSource {

    /**
     * The directions there, in new arrays of theta's type that are the caller's.
     *
     * @throws IllegalArgumentException if there are none: vectors of another network, or all zero
     * @throws IllegalStateException if they cannot be had at this context; the message says why and what to do
     */
    DirectionPair at(DirectionContext context);

    /** The kind and its options in words, for provenance. */
    String describe();

    /**
     * Takes what is to stay the same over a run, the scale of a frozen camera say, from these parameters.
     *
     * @param theta packed, {@code [P]}
     */
    default void freezeAt(INDArray theta) {}

    /** Whether {@link #freezeAt} makes a difference: directions depend on the first parameters, not on the context's. */
    default boolean isFrozen() {
        return false;
    }

    /** How many vectors of parameters finding the directions takes at a time, beside the pair itself. */
    default int workingVectors() {
        return 0;
    }

    /** The same directions, scaled to the weights, with biases and norm parameters as the options say. */
    default DirectionSource scaled(DirectionOptions options) {
        return new ScaledDirections(this, options);
    }

    /** The same plane, eta perpendicular to delta. */
    default DirectionSource orthogonalized() {
        return new OrthogonalDirections(this);
    }
}
