package org.thalweg.demo;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** Progress of a long task: a bar on a terminal, elsewhere a line after every tenth. Not thread-safe. */
public final class StepProgress implements AutoCloseable {

    private static final int LINES = 10;

    private final Console console;
    private final String step;
    private final long total;
    private final Optional<ProgressBar> bar;
    private long done;

    /**
     * @param console shows it
     * @param task what is in progress, in a word
     * @param step what is counted, such as {@code iteration}
     * @param total number of steps
     */
    public StepProgress(Console console, String task, String step, long total) {
        this.console = console;
        this.step = step;
        this.total = total;
        this.bar = console.isTerminal() ? Optional.of(console.progressBar(task, total)) : Optional.empty();
    }

    /**
     * Shows progress.
     *
     * @param steps number of steps done, no fewer than before
     * @param message any further information
     */
    public void at(long steps, String message) {
        if (bar.isPresent()) {
            bar.get().setExtraMessage(message).stepTo(steps);
        } else if (steps * LINES / total > done * LINES / total) {
            console.line("  " + step + " " + steps + " of " + total + (message.isEmpty() ? "" : ", " + message));
        }
        done = steps;
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
