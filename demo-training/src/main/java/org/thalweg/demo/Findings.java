package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of a scenario and the claims of its source: printed at once, and written to a file at the end. */
public final class Findings {

    private final Console console;
    private final List<String> lines = new ArrayList<>();
    private final long start = System.nanoTime();

    /** @param console where lines are printed */
    public Findings(Console console) {
        this.console = console;
    }

    /** Adds a line. */
    public void line(String line) {
        lines.add(line);
        console.line(line);
    }

    /** Adds a formatted line. */
    public void format(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
    }

    /**
     * Adds a source's claim and whether it holds here.
     *
     * @param claim in a sentence, with its source
     * @param agrees whether it holds
     * @param seen the numbers
     */
    public void claim(String claim, boolean agrees, String seen) {
        line("claim   " + claim);
        line("seen    " + seen);
        line("agrees  " + (agrees ? "yes" : "no"));
    }

    /**
     * Adds the wall time since the start and the processor time of the process, then writes all lines. Wall time
     * depends on the machine's other work, processor time hardly.
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
