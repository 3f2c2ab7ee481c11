package org.thalweg.viewer;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.recording.RunReader;

/**
 * Serves the page of recorded runs until closed. Frames that a running training writes appear within a second.
 *
 * @since 0.2.0
 */
public final class RunViewer implements AutoCloseable {

    private final List<RunFollower> followers;
    private final ViewerServer server;

    private RunViewer(List<RunFollower> followers, ViewerServer server) {
        this.followers = followers;
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param runs one run, or two to compare
     * @throws IOException if the address cannot be bound, naming it
     * @throws IllegalArgumentException for other numbers of runs
     */
    public static RunViewer start(ViewerOptions options, List<RunReader> runs) throws IOException {
        PageFile.requireShowable(runs);
        EventLog eventLog = new EventLog();
        List<RunFollower> followers = new ArrayList<>();
        for (RunReader run : runs) {
            followers.add(RunFollower.start(run, followers.size(), eventLog));
        }
        try {
            return new RunViewer(followers, ViewerServer.start(options, eventLog, followers));
        } catch (IOException | RuntimeException e) {
            followers.forEach(RunFollower::close);
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
        followers.forEach(RunFollower::close);
    }
}
