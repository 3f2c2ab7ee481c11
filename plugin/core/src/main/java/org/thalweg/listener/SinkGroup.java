package org.thalweg.listener;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;

/**
 * Passes frames to every sink, one after another and isolated from each other: a sink that throws or does not return is
 * reported to the others and does not affect them. Calls after closing are ignored. Thread-safe.
 */
final class SinkGroup {

    private final List<IsolatedSink> sinks;
    private final Duration limit;
    private final Duration closeLimit;
    private boolean closed;

    /**
     * @param limit time limit of a call to a sink
     * @param closeLimit time limit of closing a sink, which may have to finish a film
     */
    SinkGroup(List<FrameSink> sinks, Duration limit, Duration closeLimit) {
        this.sinks = sinks.stream().map(IsolatedSink::new).toList();
        this.limit = limit;
        this.closeLimit = closeLimit;
    }

    /**
     * Starts all sinks on the calling thread; if one fails, its exception is thrown. All of them must be closed even
     * then.
     */
    synchronized void start(RunProvenance run) {
        for (IsolatedSink sink : sinks) {
            try {
                sink.start(s -> s.start(run));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(sink.name() + " could not start: " + e, e);
            }
        }
    }

    void progress(Frame unfinished) {
        tell("unfinished frame " + unfinished.iteration(), sink -> sink.progress(unfinished));
    }

    void frame(Frame frame) {
        tell("frame " + frame.iteration(), sink -> sink.frame(frame));
    }

    void skipped(long iteration, String reason) {
        tell("skipped frame " + iteration, sink -> sink.skipped(iteration, reason));
    }

    void failed(long iteration, Throwable cause) {
        tell("failed frame " + iteration, sink -> sink.failed(iteration, cause));
    }

    /** Closes every sink; later calls do nothing. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            sinks.forEach(sink -> sink.close(closeLimit));
        }
    }

    /** Whether the current thread is inside a call to one of the sinks. */
    boolean isCalling() {
        return sinks.stream().anyMatch(IsolatedSink::isCalling);
    }

    private synchronized void tell(String what, IsolatedSink.Call call) {
        if (closed) {
            return;
        }
        Map<IsolatedSink, Throwable> failed = new LinkedHashMap<>();
        sinks.forEach(sink -> sink.tell(what, call, limit).ifPresent(cause -> failed.put(sink, cause)));
        failed.forEach((broken, cause) -> sinks.stream()
                .filter(sink -> !failed.containsKey(sink))
                .forEach(sink -> sink.tell(
                        "failure of " + broken.name(), other -> other.sinkFailed(broken.name(), cause), limit)));
    }
}
