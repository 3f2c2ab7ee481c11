package org.thalweg.listener;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;

/**
 * Hands frames to every sink, one after the other, each isolated from the others: what one throws, or that it does not
 * return, is reported to the rest and keeps nothing from them. What comes after closing is ignored. Thread-safe.
 */
final class SinkGroup {

    private final List<IsolatedSink> sinks;
    private final Duration limit;
    private final Duration closeLimit;
    private boolean closed;

    /**
     * @param limit of a call to a sink
     * @param closeLimit of closing a sink, which may have a film to finish
     */
    SinkGroup(List<FrameSink> sinks, Duration limit, Duration closeLimit) {
        this.sinks = sinks.stream().map(IsolatedSink::new).toList();
        this.limit = limit;
        this.closeLimit = closeLimit;
    }

    /**
     * Starts all sinks on the calling thread; if one refuses, its error is thrown. Then, too, all of them are to be closed.
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

    void frame(Frame frame) {
        tell("frame " + frame.iteration(), sink -> sink.frame(frame));
    }

    void skipped(long iteration, String reason) {
        tell("skipped frame " + iteration, sink -> sink.skipped(iteration, reason));
    }

    void failed(long iteration, Throwable cause) {
        tell("failed frame " + iteration, sink -> sink.failed(iteration, cause));
    }

    /** Closes every sink, the first time. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            sinks.forEach(sink -> sink.close(closeLimit));
        }
    }

    /** Whether the current thread is in a call to one of the sinks. */
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
