package org.thalweg.viewer;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;

/**
 * Follows a run directory and adds its frames to a log, existing ones first. It lists the directory a few times per
 * second, which also works on file systems without change notifications. Thread-safe.
 */
final class RunFollower implements SurfaceSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunFollower.class);

    private static final long PAUSE_MILLIS = 300;

    private final RunReader run;
    private final int index;
    private final EventLog eventLog;
    private final Set<Long> told = new HashSet<>();
    private final Set<Long> unreadable = new HashSet<>();
    private final Thread thread;
    private boolean listable = true;

    private RunFollower(RunReader run, int index, EventLog eventLog) {
        this.run = run;
        this.index = index;
        this.eventLog = eventLog;
        this.thread = new Thread(this::follow, "thalweg-follow-" + index);
        thread.setDaemon(true);
    }

    /** Starts to follow a run, which has this index on the page. */
    static RunFollower start(RunReader run, int index, EventLog eventLog) {
        eventLog.run(index, RunJson.of(run.provenance(), run.started()));
        RunFollower follower = new RunFollower(run, index, eventLog);
        follower.thread.start();
        return follower;
    }

    @Override
    public Optional<byte[]> surface(long iteration) throws IOException {
        if (!run.iterations().contains(iteration)) {
            return Optional.empty();
        }
        return Optional.of(SurfaceBytes.of(run.frame(iteration).surface()));
    }

    private void follow() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                iterations().stream()
                        .filter(iteration -> !told.contains(iteration))
                        .forEach(this::tell);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> iterations() {
        try {
            List<Long> iterations = run.iterations();
            listable = true;
            return iterations;
        } catch (IOException e) {
            if (listable) {
                log.warn("cannot list the frames of {}: {}", run.root(), e.toString());
            }
            listable = false;
            return List.of();
        }
    }

    private void tell(long iteration) {
        try {
            Frame frame = run.frame(iteration);
            eventLog.frame(index, FrameJson.of(frame));
            told.add(iteration);
        } catch (IOException e) {
            // Tried again at the next listing, in case the file is being replaced.
            if (unreadable.add(iteration)) {
                log.warn("the page skips a frame: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
