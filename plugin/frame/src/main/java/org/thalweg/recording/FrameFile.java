package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.frame.Frame;

/**
 * The file of one frame, inside a run directory or outside.
 *
 * @since 0.2.0
 */
public final class FrameFile {

    private FrameFile() {}

    /**
     * Reads a frame, without directions and weights.
     *
     * @throws RunFormatException if the file is damaged, is not a frame, or has an unknown format version
     * @throws IOException if it is missing or cannot be read; the message names it
     */
    public static Frame read(Path file) throws IOException {
        return FrameReader.read(file);
    }
}
