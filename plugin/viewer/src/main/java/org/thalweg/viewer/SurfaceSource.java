package org.thalweg.viewer;

import java.io.IOException;
import java.util.Optional;

/** Provides the surfaces that a page asks for. Thread-safe. */
interface SurfaceSource {

    /**
     * The surface of a frame as {@link SurfaceBytes}; empty if the run has no frame at this iteration.
     *
     * @throws IOException when it cannot be read
     */
    Optional<byte[]> surface(long iteration) throws IOException;
}
