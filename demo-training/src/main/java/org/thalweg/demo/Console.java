package org.thalweg.demo;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Lines of text, with one progress bar below them on a terminal. A line never lands inside the bar.
 *
 * <p>Thread-safe.
 */
public final class Console {

    private static final String ERASE_LINE = "\r\033[K";
    private static final int USUAL_WIDTH = 80;
    private static final int UPDATE_MILLISECONDS = 200;

    private final PrintStream out;
    private final boolean terminal;
    private String bar = "";

    /**
     * @param out receives everything
     * @param terminal whether it is a terminal, which can redraw its last line
     */
    public Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether there can be a progress bar. */
    boolean isTerminal() {
        return terminal;
    }

    /** Prints a line, above the progress bar if there is one. */
    public synchronized void line(String line) {
        if (bar.isEmpty()) {
            out.println(line);
        } else {
            out.println(ERASE_LINE + line);
            out.print(bar);
        }
        out.flush();
    }

    /** Prints text of several lines unchanged. */
    synchronized void text(String text) {
        out.println(text.stripTrailing());
        out.flush();
    }

    /**
     * Starts the progress bar; closing it leaves its last state as a line.
     *
     * @param task what is in progress, in a word
     * @param total value at the end
     * @throws IllegalStateException if this console is no terminal
     */
    ProgressBar progressBar(String task, long total) {
        if (!terminal) {
            throw new IllegalStateException("a progress bar needs a terminal");
        }
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                .setConsumer(new LastLine())
                .build();
    }

    /** The last line of the terminal, where the bar is drawn. */
    private final class LastLine implements ProgressBarConsumer {

        private boolean closed;

        @Override
        public int getMaxRenderedLength() {
            return columns() - 1;
        }

        /** The bar's own thread may be late, after the bar was closed. */
        @Override
        public void accept(String state) {
            synchronized (Console.this) {
                if (!closed) {
                    bar = state;
                    out.print(ERASE_LINE + bar);
                    out.flush();
                }
            }
        }

        @Override
        public void close() {
            synchronized (Console.this) {
                closed = true;
                if (!bar.isEmpty()) {
                    out.println();
                    bar = "";
                }
            }
        }

        /** Set by the start script, since Java cannot ask the terminal. */
        private static int columns() {
            String columns = System.getenv("COLUMNS");
            return columns != null && columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : USUAL_WIDTH;
        }
    }
}
