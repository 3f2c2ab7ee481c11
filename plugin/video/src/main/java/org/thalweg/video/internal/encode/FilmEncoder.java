package org.thalweg.video.internal.encode;

import java.io.IOException;

/** Takes pictures in order and makes a file of them. Not thread-safe. */
public interface FilmEncoder extends AutoCloseable {

    /**
     * Adds a picture.
     *
     * @param pixels {@code 0xRRGGBB}, {@code [height * width]}; free for other use when this returns
     * @throws IOException naming the file, when it cannot be written
     */
    void add(int[] pixels) throws IOException;

    /** Puts the whole film under its name. Closed without this, as after an error, nothing is left there. */
    void finish() throws IOException;

    /** Frees what is held. */
    @Override
    void close() throws IOException;
}
