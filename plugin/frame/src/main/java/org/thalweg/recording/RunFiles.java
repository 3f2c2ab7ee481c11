package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Paths of the files of a run, whether they exist or not. */
interface RunFiles {

    /** The path that the user gave. */
    Path root();

    /** Iterations that have a frame, ascending. */
    List<Long> iterations() throws IOException;

    /** The directory of the frames' files, or the file of the only one. */
    Path frames();

    /** The file of the frame at an iteration. */
    Path frame(long iteration);

    /** The file of the parameters at an iteration. */
    Path weights(long iteration);

    /** The file of the probe. */
    Path probe();
}
