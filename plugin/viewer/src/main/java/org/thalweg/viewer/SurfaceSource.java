package org.thalweg.viewer;

import java.io.IOException;
import java.util.Optional;

/** Where a page's surfaces come from when it asks for them. Thread-safe. */
interface SurfaceSource {

    /**
     * The surface of a frame as {@link SurfaceBytes}; empty when the run has no frame at this iteration.
     *
     * @throws IOException when it cannot be read
     */
    Optional<byte[]> surface(long iteration) throws IOException;
}
