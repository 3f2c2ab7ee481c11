package org.thalweg.demo;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** How far something long is: a bar on a terminal, a line at every tenth elsewhere. Not thread-safe. */
public final class StepProgress implements AutoCloseable {

    private static final int LINES = 10;

    private final Console console;
    private final String step;
    private final long total;
    private final Optional<ProgressBar> bar;
    private long done;

    /**
     * @param console where to show it
     * @param task what it is about, in a word
     * @param step what is counted: {@code iteration}
     * @param total steps to come
     */
    public StepProgress(Console console, String task, String step, long total) {
        this.console = console;
        this.step = step;
        this.total = total;
        this.bar = console.isTerminal() ? Optional.of(console.progressBar(task, total)) : Optional.empty();
    }

    /**
     * Shows that so many steps are done.
     *
     * @param steps no fewer than before
     * @param message what else there is to say
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
