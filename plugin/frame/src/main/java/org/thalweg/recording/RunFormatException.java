package org.thalweg.recording;

import java.io.IOException;

/**
 * A file of a run is damaged, or has a format that this version does not know. The message names the file.
 *
 * @since 0.2.0
 */
public final class RunFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    RunFormatException(String message) {
        super(message);
    }

    RunFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
