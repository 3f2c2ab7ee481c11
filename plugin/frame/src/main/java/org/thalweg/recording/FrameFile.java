package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.frame.Frame;

/** A frame's file by itself, outside of a run's directory or in it. */
public final class FrameFile {

    private FrameFile() {}

    /**
     * Reads a frame, without directions and weights.
     *
     * @throws RunFormatException when the file is damaged, no frame, or of a format version that this Thalweg does not know
     * @throws IOException when it is missing or cannot be read; the message names it
     */
    public static Frame read(Path file) throws IOException {
        return FrameReader.read(file);
    }
}
