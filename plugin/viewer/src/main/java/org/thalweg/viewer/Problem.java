package org.thalweg.viewer;

import java.nio.file.FileSystemException;
import org.thalweg.recording.internal.FileErrors;

/** What a page says about a failure. */
final class Problem {

    private Problem() {}

    /** The message, or the kind of failure if it has none or is an error of the virtual machine. */
    static String words(Throwable cause) {
        if (cause instanceof FileSystemException) {
            return FileErrors.reason(cause);
        }
        String message = cause.getMessage();
        return message == null || cause instanceof Error ? cause.toString() : message;
    }
}
