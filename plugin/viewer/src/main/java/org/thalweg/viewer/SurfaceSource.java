package org.thalweg.viewer;

import java.io.IOException;
import java.util.Optional;

/** Provides what a page asks for of a run. Thread-safe. */
interface SurfaceSource {

    /**
     * The surface of a frame as {@link SurfaceBytes}; empty if the run has no frame at this iteration.
     *
     * @throws IOException when it cannot be read
     */
    Optional<byte[]> surface(long iteration) throws IOException;

    /** Adds the run's frames to the log from now on, if it does not so far. */
    default void open() {}
}
