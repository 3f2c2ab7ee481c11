package org.thalweg.video.internal.encode;

import java.io.IOException;

/** ffmpeg's libraries for this platform are not on the class path: MP4 and WebM cannot be written, GIF and PNG can. */
public final class MissingNativesException extends IOException {

    private static final long serialVersionUID = 1L;

    MissingNativesException(FilmFormat format, Throwable cause) {
        super(
                "cannot make " + format + ": ffmpeg has no libraries for this platform here (" + cause.getMessage()
                        + "); GIF and PNG files need none: name the output film.gif, or a directory for PNG files",
                cause);
    }
}
