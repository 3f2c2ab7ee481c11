package org.thalweg.direction;

/**
 * A kind of plane through the parameters. The same context gives the same directions, to the last bit: a source keeps
 * nothing from one frame to the next. What lasts over a run, the first frame's parameters say, is in the context.
 *
 * <p>Directions are as their kind has them, an eigenvector of unit length say; {@link #scaled} fits them to the weights
 * and {@link #orthogonalized} makes the second perpendicular to the first, for any kind. A source that wraps another one
 * passes the context on and answers {@link #usesFirstFrame()} and {@link #workingVectors()} for it, too.
 *
 * @since 0.2.0
 */
public interface DirectionSource {

    /**
     * The directions there, in new arrays of theta's type that are the caller's.
     *
     * @throws IllegalArgumentException if there are none: vectors of another network, or all zero
     * @throws IllegalStateException if they cannot be computed in this context; the message says why and what to do
     */
    DirectionPair at(DirectionContext context);

    /** The kind and its options in words. */
    String describe();

    /**
     * Whether directions depend on {@link DirectionContext#first()}. A context has it only for sources that say so; a
     * continued run needs that frame's recorded weights then.
     */
    default boolean usesFirstFrame() {
        return false;
    }

    /** How many vectors of parameters finding the directions takes at a time, in addition to the pair itself. */
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
