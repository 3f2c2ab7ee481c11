package org.thalweg.cli;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a command on standard error: a bar on a terminal; elsewhere, such as in a log file, a line every ten
 * seconds.
 */
final class Progress implements AutoCloseable {

    /** Set by the start script, since Java cannot tell whether standard error is a terminal. */
    private static final String TERMINAL = "thalweg.terminal";

    private final String task;
    private final String unit;
    private final long most;
    private final PrintStream err;
    private final long intervalNanos;
    private final @Nullable ProgressBar bar;
    private long last = System.nanoTime();
    private long printed = -1;

    private Progress(
            String task, String unit, long most, PrintStream err, Duration interval, @Nullable ProgressBar bar) {
        this.task = task;
        this.unit = unit;
        this.most = most;
        this.err = err;
        this.intervalNanos = interval.toNanos();
        this.bar = bar;
    }

    /** Starts progress of new work. */
    static Progress of(String task, String unit, long most) {
        return of(task, unit, 0, most);
    }

    /**
     * Starts progress of continued work.
     *
     * @param done amount already done, which does not count for the estimate of the remaining time
     */
    static Progress of(String task, String unit, long done, long most) {
        ProgressBar bar = Boolean.getBoolean(TERMINAL) ? bar(task, unit, done, most) : null;
        return new Progress(task, unit, most, System.err, Duration.ofSeconds(10), bar);
    }

    /** Progress in lines. */
    static Progress lines(String task, String unit, long most, PrintStream err, Duration interval) {
        return new Progress(task, unit, most, err, interval, null);
    }

    private static ProgressBar bar(String task, String unit, long done, long most) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .startsFrom(done, Duration.ZERO)
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setMaxRenderedLength(90)
                .build();
    }

    /** Reports the amount done. */
    void stepTo(long done) {
        if (bar != null) {
            bar.stepTo(done);
        } else if (System.nanoTime() - last >= intervalNanos && done > printed) {
            err.println(task + ": " + done + " of " + most + " " + unit);
            last = System.nanoTime();
            printed = done;
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
