package org.thalweg.listener;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;

/**
 * Hands frames to every sink, each isolated from the others: what one throws is logged once with its cause, then at
 * debug level, and keeps nothing from the rest. Called from one thread at a time.
 */
final class SinkGroup {

    private static final Logger log = LoggerFactory.getLogger(SinkGroup.class);

    private final List<FrameSink> sinks;
    private final Set<String> complained = new HashSet<>();

    SinkGroup(List<FrameSink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    /** Starts all sinks; if one refuses, those already started are closed again and its error is thrown. */
    void start(RunProvenance run) {
        List<FrameSink> started = new ArrayList<>();
        for (FrameSink sink : sinks) {
            try {
                sink.start(run);
                started.add(sink);
            } catch (Exception e) {
                started.forEach(s -> tell(s, "close", FrameSink::close));
                throw e instanceof RuntimeException runtime
                        ? runtime
                        : new IllegalStateException(sink.getClass().getSimpleName() + " could not start: " + e, e);
            }
        }
    }

    void frame(Frame frame) {
        sinks.forEach(sink -> tell(sink, "frame " + frame.iteration(), s -> s.frame(frame)));
    }

    void skipped(long iteration, String reason) {
        sinks.forEach(sink -> tell(sink, "skipped frame " + iteration, s -> s.skipped(iteration, reason)));
    }

    void failed(long iteration, Throwable cause) {
        sinks.forEach(sink -> tell(sink, "failed frame " + iteration, s -> s.failed(iteration, cause)));
    }

    void close() {
        sinks.forEach(sink -> tell(sink, "close", FrameSink::close));
    }

    private void tell(FrameSink sink, String what, Call call) {
        try {
            call.on(sink);
        } catch (Throwable e) {
            String name = sink.getClass().getName();
            if (complained.add(name + e.getClass().getName())) {
                log.warn("{} failed at {}; training and other sinks go on", name, what, e);
            } else {
                log.debug("{} failed at {}", name, what, e);
            }
        }
    }

    private interface Call {
        void on(FrameSink sink) throws Exception;
    }
}
