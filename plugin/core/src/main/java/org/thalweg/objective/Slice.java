package org.thalweg.objective;

/**
 * An {@link Objective} restricted to the family of points of a {@link Parameterization}.
 *
 * <p>Each point is computed afresh from theta: its bits depend neither on the order of evaluation nor on which other
 * points share the call. Confined to one thread at a time.
 *
 * @since 0.2.0
 */
public interface Slice extends AutoCloseable {

    /**
     * Loss and accuracy at several points.
     *
     * @param points coordinates, {@code [n][D]}, D the number of directions
     * @return the n values, in the order of the points; not finite where the loss is not
     */
    ObjectiveValue[] evaluate(double[][] points);

    /**
     * Number of points that a call should have: enough to share work between them, few enough to stop soon between
     * calls.
     */
    default int pointsPerCall() {
        return 8;
    }

    /** Frees buffers. Never throws. */
    @Override
    default void close() {}
}
