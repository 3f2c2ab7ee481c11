package org.thalweg.viewer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.recording.LineSearch;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunSearch;

/**
 * Serves the page of recorded runs until closed. Frames that a running training writes appear within a second.
 *
 * @since 0.2.0
 */
public final class RunViewer implements AutoCloseable {

    private final RunShelf shelf;
    private final ViewerServer server;

    private RunViewer(RunShelf shelf, ViewerServer server) {
        this.shelf = shelf;
        this.server = server;
    }

    /**
     * Starts to serve runs.
     *
     * @param runs at least one; the page shows the first four when it opens, and lists all of several
     * @throws IOException if the address cannot be bound, naming it
     * @throws IllegalArgumentException without any run
     */
    public static RunViewer start(ViewerOptions options, List<RunReader> runs) throws IOException {
        PageFile.requireRuns(runs);
        return start(options, runs, List.of());
    }

    /**
     * Starts to serve runs and lines through the parameters. The files of lines are read again when they change.
     *
     * @param runs the page shows the first four when it opens, and lists all of several
     * @param lines files of {@code thalweg analyze --line}, which are drawn over each other
     * @throws IOException if the address cannot be bound or a file cannot be read, naming it
     * @throws IllegalArgumentException without any run or line
     */
    public static RunViewer start(ViewerOptions options, List<RunReader> runs, List<Path> lines) throws IOException {
        if (lines.isEmpty()) {
            PageFile.requireRuns(runs);
        }
        return start(options, log -> RunShelf.of(runs, lines, log));
    }

    /**
     * Starts to serve runs and lines and all of them below folders, and those that appear later, as {@link RunSearch} and
     * {@link LineSearch} find them. The page lists the runs and shows the newest one. A run's frames are read when a page
     * shows it.
     *
     * @param places at least one
     * @throws IOException if the address cannot be bound, a folder cannot be listed or a run or line that is named
     *     cannot be read, naming it
     * @throws IllegalArgumentException without any place
     */
    public static RunViewer watch(ViewerOptions options, List<Path> places) throws IOException {
        PageFile.requireRuns(places);
        return start(options, log -> RunShelf.below(places, log));
    }

    private interface Shelves {
        RunShelf fill(EventLog eventLog) throws IOException;
    }

    private static RunViewer start(ViewerOptions options, Shelves shelves) throws IOException {
        EventLog eventLog = new EventLog();
        RunShelf shelf = shelves.fill(eventLog);
        try {
            return new RunViewer(shelf, ViewerServer.start(options, eventLog, shelf.runs(), shelf::line));
        } catch (IOException | RuntimeException e) {
            shelf.close();
            throw e;
        }
    }

    /** Address of the page, with its token if it needs one. */
    public URI address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        shelf.close();
    }
}
