package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scenario found out beside what its source claims: on the console at once, and at the end in a file. */
public final class Findings {

    private final Console console;
    private final List<String> lines = new ArrayList<>();
    private final long start = System.nanoTime();

    /**
     * @param console where lines are shown
     */
    public Findings(Console console) {
        this.console = console;
    }

    /** Adds a line as it is. */
    public void line(String line) {
        lines.add(line);
        console.line(line);
    }

    /** Adds a line of values. */
    public void format(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
    }

    /**
     * Adds what a source claims and what was seen of it.
     *
     * @param claim in a sentence, with its source
     * @param agrees whether it came out
     * @param seen the numbers
     */
    public void claim(String claim, boolean agrees, String seen) {
        line("claim   " + claim);
        line("seen    " + seen);
        line("agrees  " + (agrees ? "yes" : "no"));
    }

    /**
     * Adds the time since the beginning, and that of processors since the process began, then writes all lines. The one
     * depends on what else the machine does, the other hardly.
     *
     * @param directory gets {@code findings.txt}
     * @throws IOException if it cannot be written; the message names it
     */
    public void write(Path directory) throws IOException {
        String processors = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(used -> ", " + time(used) + " of processors")
                .orElse("");
        line("time    " + time(Duration.ofNanos(System.nanoTime() - start)) + processors);
        Files.write(directory.resolve("findings.txt"), lines);
        console.line("results: " + directory);
    }

    private static String time(Duration duration) {
        return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }
}
