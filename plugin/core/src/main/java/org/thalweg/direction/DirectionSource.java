package org.thalweg.direction;

/**
 * A kind of plane through the parameters. The same context gives the same directions, to the last bit: a source keeps
 * no state between frames. Values that last for a run, such as the first frame's parameters, are in the context.
 *
 * <p>Each kind has its own scale of directions, such as an eigenvector of unit length. For any kind, {@link #scaled}
 * scales them to the weights and {@link #orthogonalized} makes the second perpendicular to the first. A source that
 * wraps another one passes the context on and delegates {@link #usesFirstFrame()} and {@link #workingVectors()} to it.
 *
 * @since 0.2.0
 */
public interface DirectionSource {

    /**
     * The directions in a context, in new arrays of theta's type that the caller owns.
     *
     * @throws IllegalArgumentException if they do not exist: vectors belong to another network, or are all zero
     * @throws IllegalStateException if they cannot be computed in this context; the message says why and what to do
     */
    DirectionPair at(DirectionContext context);

    /** The kind and its options in words. */
    String describe();

    /**
     * Whether directions depend on {@link DirectionContext#first()}. A context has it only for sources that return
     * true; a continued run then needs that frame's recorded weights.
     */
    default boolean usesFirstFrame() {
        return false;
    }

    /**
     * Largest number of parameter vectors that computing the directions needs at a time, in addition to the pair
     * itself.
     */
    default int workingVectors() {
        return 0;
    }

    /** The same directions, scaled to the weights, with biases and norm parameters as the options say. */
    default DirectionSource scaled(DirectionOptions options) {
        return new ScaledDirections(this, options);
    }

    /** The same plane, with eta perpendicular to delta. */
    default DirectionSource orthogonalized() {
        return new OrthogonalDirections(this);
    }
}
