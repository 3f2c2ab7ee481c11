package org.thalweg.viewer;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;

/**
 * Follows a run directory and adds its frames to a log, existing ones first. It lists the directory a few times per
 * second, which also works on file systems without change notifications. Nothing that it reads ends it, not even an error
 * of the virtual machine: the page says what is wrong, and the file is tried again. Thread-safe.
 */
final class RunFollower implements SurfaceSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunFollower.class);

    private static final long PAUSE_MILLIS = 300;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    /** Reads frames; a test replaces it to fail in ways that no file can cause. */
    interface Frames {
        List<Long> iterations() throws IOException;

        Frame frame(long iteration) throws IOException;

        /** How long after the run's start a frame was written, if that is known. */
        default Optional<Duration> elapsed(long iteration) throws IOException {
            return Optional.empty();
        }
    }

    /** A file that could not be read. */
    private static final class Failure {
        private long pauseMillis = PAUSE_MILLIS;
        private long nextTry;
    }

    private final Frames run;
    private final RunFindings findings;
    private final int index;
    private final EventLog eventLog;
    private final Set<Long> told = new HashSet<>();
    private final Map<Long, Failure> failures = new HashMap<>();
    private final Thread thread;
    private boolean listable = true;

    private RunFollower(Frames run, RunFindings findings, int index, EventLog eventLog) {
        this.run = run;
        this.findings = findings;
        this.index = index;
        this.eventLog = eventLog;
        this.thread = new Thread(this::follow, "thalweg-follow-" + index);
        thread.setDaemon(true);
    }

    /** Starts to follow a run that the log knows already under this index. */
    static RunFollower start(RunReader run, int index, EventLog eventLog) {
        return start(
                new Frames() {
                    @Override
                    public List<Long> iterations() throws IOException {
                        return run.iterations();
                    }

                    @Override
                    public Frame frame(long iteration) throws IOException {
                        return run.frame(iteration);
                    }

                    @Override
                    public Optional<Duration> elapsed(long iteration) throws IOException {
                        return RunFollower.elapsed(run, iteration);
                    }
                },
                RunFindings.of(run.provenance()),
                index,
                eventLog);
    }

    /** How long after the run's start a frame was written. */
    static Optional<Duration> elapsed(RunReader run, long iteration) throws IOException {
        return Optional.of(Duration.between(run.started(), run.written(iteration)));
    }

    /** Starts to follow frames of a run that the log knows already. */
    static RunFollower start(Frames run, RunFindings findings, int index, EventLog eventLog) {
        RunFollower follower = new RunFollower(run, findings, index, eventLog);
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
        while (!Thread.currentThread().isInterrupted()) {
            try {
                for (long iteration : iterations()) {
                    if (!told.contains(iteration)) {
                        tell(iteration);
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Long> iterations() {
        try {
            List<Long> iterations = run.iterations();
            if (!listable) {
                eventLog.problem(index, "listing", null);
            }
            listable = true;
            return iterations;
        } catch (IOException | RuntimeException | Error e) {
            if (listable) {
                log.warn("cannot list the frames of a run: {}", Problem.words(e));
                eventLog.problem(index, "listing", "The run's frames cannot be listed: " + Problem.words(e));
            }
            listable = false;
            return List.of();
        }
    }

    private void tell(long iteration) {
        Failure failure = failures.get(iteration);
        if (failure != null && System.nanoTime() - failure.nextTry < 0) {
            return;
        }
        try {
            Frame frame = run.frame(iteration);
            eventLog.frame(index, FrameJson.of(frame, findings.at(frame), run.elapsed(iteration)));
            told.add(iteration);
            if (failures.remove(iteration) != null) {
                eventLog.problem(index, Long.toString(iteration), null);
            }
        } catch (IOException | RuntimeException | Error e) {
            retryLater(iteration, failure, e);
        }
    }

    /** Tried again soon, in case the file is being replaced, and then more and more seldom. */
    private void retryLater(long iteration, @Nullable Failure before, Throwable cause) {
        Failure failure = before == null ? new Failure() : before;
        if (before == null) {
            failures.put(iteration, failure);
            log.warn("the page skips a frame: {}", Problem.words(cause));
            eventLog.problem(
                    index, Long.toString(iteration), "Frame " + iteration + " cannot be read: " + Problem.words(cause));
        }
        failure.nextTry = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(failure.pauseMillis);
        failure.pauseMillis = Math.min(2 * failure.pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
