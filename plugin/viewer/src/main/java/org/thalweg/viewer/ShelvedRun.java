package org.thalweg.viewer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.recording.RunReader;

/** A run that is listed, and followed frame by frame once a page opens it. Thread-safe. */
final class ShelvedRun implements SurfaceSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShelvedRun.class);

    private final RunReader run;
    private final int index;
    private final EventLog eventLog;
    private @Nullable RunFollower follower;
    private int framesTold;
    private long iterationTold = -1;
    private boolean liveTold;
    private boolean closed;

    ShelvedRun(RunReader run, int index, EventLog eventLog) {
        this.run = run;
        this.index = index;
        this.eventLog = eventLog;
    }

    @Override
    public synchronized void open() {
        if (follower == null && !closed) {
            follower = RunFollower.start(run, index, eventLog);
        }
    }

    @Override
    public Optional<byte[]> surface(long iteration) throws IOException {
        return run.iterations().contains(iteration)
                ? Optional.of(SurfaceBytes.of(run.frame(iteration).surface()))
                : Optional.empty();
    }

    /** Adds the run in short to the log if it has changed. A frame that cannot be read is tried again by the next call. */
    void summarize() {
        try {
            List<Long> iterations = run.iterations();
            if (iterations.isEmpty()) {
                return;
            }
            long last = iterations.get(iterations.size() - 1);
            boolean live = run.isBeingWritten();
            if (iterations.size() != framesTold || last != iterationTold || live != liveTold) {
                eventLog.summary(index, RunJson.summary(iterations.size(), run.frame(last), live));
                framesTold = iterations.size();
                iterationTold = last;
                liveTold = live;
            }
        } catch (IOException | RuntimeException | Error e) {
            // A page that shows the run says what is wrong with it.
            log.debug("a run cannot be listed: {}", Problem.words(e));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (follower != null) {
            follower.close();
        }
    }
}
