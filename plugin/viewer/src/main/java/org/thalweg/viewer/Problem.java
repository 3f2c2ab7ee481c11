package org.thalweg.viewer;

/** What a page says about a failure. */
final class Problem {

    private Problem() {}

    /** The message, or the kind of failure if it has none or is an error of the virtual machine. */
    static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null || cause instanceof Error ? cause.toString() : message;
    }
}
