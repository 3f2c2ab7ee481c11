package org.thalweg.listener;

/**
 * ND4J cannot compute on this machine with what is on the class path. The message says what is missing.
 *
 * @since 0.2.0
 */
public final class UnusableBackendException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableBackendException(String message, Throwable cause) {
        super(message, cause);
    }

    UnusableBackendException(String message) {
        super(message);
    }
}
