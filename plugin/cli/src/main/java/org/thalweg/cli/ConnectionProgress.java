package org.thalweg.cli;

import org.jspecify.annotations.Nullable;

/** Progress of one part of the work after another. */
final class ConnectionProgress implements AutoCloseable {

    private String part = "";
    private @Nullable Progress bar;

    /** Reports a part's progress. */
    void reached(String name, int done, int of) {
        if (!name.equals(part)) {
            close();
            part = name;
            bar = Progress.of(name, "steps", of);
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
