package org.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Supervises long work: shows its progress, saves results every few seconds, between stages and at the end (also after
 * an exception), and says when to stop.
 */
final class Checkpoints implements AutoCloseable {

    /** Long compared with the hundredths of a second that saving takes, short compared with work worth keeping. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Saves the results so far. */
    interface Saving {
        void save() throws IOException;
    }

    private final Interruption interruption;
    private final long start = System.nanoTime();
    private final long limit;
    private final Saving saving;
    private @Nullable Progress bar;
    private String task = "";
    private long saved = System.nanoTime();
    private boolean anything;
    private boolean stopped;

    /** @param minutes after which to stop; null for no limit */
    Checkpoints(Interruption interruption, @Nullable Double minutes, Saving saving) {
        this.interruption = interruption;
        this.limit = minutes == null ? Long.MAX_VALUE : (long) (minutes * 60e9);
        this.saving = saving;
    }

    /**
     * Reports the progress of a task.
     *
     * @return whether to stop here
     */
    boolean reached(String name, String unit, int done, int of) {
        anything |= done > 0;
        if (!name.equals(task)) {
            endLine();
            if (!task.isEmpty()) {
                save();
            }
            task = name;
            if (done < of) {
                bar = Progress.of(name, unit, done, of);
            }
        }
        if (bar != null) {
            bar.stepTo(done);
        }
        if (System.nanoTime() - saved > INTERVAL.toNanos()) {
            save();
        }
        stopped |= interruption.requested() || System.nanoTime() - start > limit;
        return stopped;
    }

    private void save() {
        try {
            saving.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        saved = System.nanoTime();
    }

    /** Saves the results so far, if there are any. */
    @Override
    public void close() {
        endLine();
        if (anything) {
            save();
        }
    }

    private void endLine() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
