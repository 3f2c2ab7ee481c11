package org.thalweg.video.internal.encode;

import java.io.IOException;

/** Encodes pictures in order into a file. Not thread-safe. */
public interface FilmEncoder extends AutoCloseable {

    /**
     * Adds a picture.
     *
     * @param pixels {@code 0xRRGGBB}, {@code [height * width]}; the caller may reuse it afterwards
     * @throws IOException naming the file, when it cannot be written
     */
    void add(int[] pixels) throws IOException;

    /** Gives the complete film its name. Without this call, for example after an error, close leaves no file. */
    void finish() throws IOException;

    /** Releases all resources. */
    @Override
    void close() throws IOException;
}
