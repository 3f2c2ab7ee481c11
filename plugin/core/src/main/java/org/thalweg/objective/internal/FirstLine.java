package org.thalweg.objective.internal;

/** The first line of a library's error message; further lines may be pages of its data. */
public final class FirstLine {

    private FirstLine() {}

    /** The first line of the message, or the kind of error if there is no message. */
    public static String of(Throwable e) {
        return (e.getMessage() == null ? e.toString() : e.getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
