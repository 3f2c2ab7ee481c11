package org.thalweg.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunSearch;
import org.thalweg.recording.RunSearch.Found;

/**
 * The runs and lines of a page, in the order in which they were found. One thread looks for new ones and for what has
 * changed; runs that a page has opened have a thread each. Thread-safe.
 */
final class RunShelf implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunShelf.class);

    private static final long PAUSE_MILLIS = 500;

    /** Number of looks at known runs between two searches for new ones, which read all directories. */
    private static final int LOOKS_PER_SEARCH = 4;

    private final EventLog eventLog;
    private final RunSearch search;
    private final LineShelf lines;
    private final List<ShelvedRun> runs = new CopyOnWriteArrayList<>();
    private final Thread thread;

    private RunShelf(List<Path> places, List<Path> lines, EventLog eventLog) {
        this.search = new RunSearch(places);
        this.lines = new LineShelf(lines, eventLog);
        this.eventLog = eventLog;
        this.thread = new Thread(this::watch, "thalweg-runs");
        thread.setDaemon(true);
    }

    /**
     * Given runs, of which the first ones are open, and given files of lines.
     *
     * @throws IOException if a line cannot be read
     */
    static RunShelf of(List<RunReader> readers, List<Path> lines, EventLog eventLog) throws IOException {
        RunShelf shelf = new RunShelf(List.of(), lines, eventLog);
        shelf.lines.search();
        List<String> keys = RunKeys.of(readers);
        for (int i = 0; i < readers.size(); i++) {
            shelf.add(readers.get(i), keys.get(i), i < PageFile.SHOWN_AT_FIRST);
        }
        shelf.thread.start();
        return shelf;
    }

    /**
     * All runs and lines that a search finds; the newest run is open.
     *
     * @throws IOException if a folder cannot be listed, or a run or line that is named cannot be read
     */
    static RunShelf below(List<Path> places, EventLog eventLog) throws IOException {
        RunShelf shelf = new RunShelf(places, places, eventLog);
        shelf.search();
        shelf.thread.start();
        return shelf;
    }

    /** The runs, which grow at the end. */
    List<? extends SurfaceSource> runs() {
        return Collections.unmodifiableList(runs);
    }

    /** A line as JSON. */
    Optional<byte[]> line(int index) {
        return lines.line(index);
    }

    private void add(RunReader run, String key, boolean shown) {
        ShelvedRun shelved = new ShelvedRun(run, runs.size(), eventLog);
        eventLog.run(runs.size(), RunJson.of(run.provenance(), run.started(), key, shown));
        runs.add(shelved);
        if (shown) {
            shelved.open();
        }
    }

    private void watch() {
        try {
            for (int look = 1; ; look++) {
                for (ShelvedRun run : runs) {
                    if (Thread.interrupted()) {
                        return;
                    }
                    run.summarize();
                }
                Thread.sleep(PAUSE_MILLIS);
                if (look % LOOKS_PER_SEARCH == 0) {
                    searchAgain();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void searchAgain() {
        try {
            search();
        } catch (IOException | RuntimeException | Error e) {
            log.debug("cannot look for new runs: {}", Problem.words(e));
        }
    }

    /** Adds the runs that are not known yet; of the first ones, the newest is shown. */
    private void search() throws IOException {
        boolean isFirst = runs.isEmpty();
        List<Found> found = search.next();
        int newest = found.stream()
                .max(Comparator.comparing(run -> run.reader().started()))
                .map(found::indexOf)
                .orElse(-1);
        for (int i = 0; i < found.size(); i++) {
            add(found.get(i).reader(), found.get(i).name(), isFirst && i == newest);
        }
        lines.search();
    }

    @Override
    public void close() {
        thread.interrupt();
        runs.forEach(ShelvedRun::close);
    }
}
