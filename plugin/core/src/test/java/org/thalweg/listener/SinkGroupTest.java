package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;

@Timeout(60)
class SinkGroupTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private FrameSink sink(String name, @Nullable Throwable atStart) {
        return new FrameSink() {
            @Override
            public void start(RunProvenance run) throws Exception {
                if (atStart instanceof Error error) {
                    throw error;
                }
                if (atStart instanceof Exception exception) {
                    throw exception;
                }
                heard.add(name + " started");
            }

            @Override
            public void frame(Frame frame) {
                heard.add(name + " frame");
            }

            @Override
            public void skipped(long iteration, String reason) {
                heard.add(name + " skipped");
            }

            @Override
            public void close() {
                heard.add(name + " closed");
            }
        };
    }

    static List<Throwable> failures() {
        return List.of(
                new IOException("no space"),
                new IllegalStateException("port taken"),
                new NoClassDefFoundError("a sink's library"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void allAreClosedWhenOneCannotStart(Throwable failure) {
        SinkGroup sinks = new SinkGroup(
                List.of(sink("first", null), sink("second", null), sink("third", failure), sink("fourth", null)),
                LIMIT,
                LIMIT);
        assertThatThrownBy(() -> sinks.start(run())).hasMessageContaining(failure.getMessage());
        sinks.close();
        sinks.close();
        assertThat(heard)
                .containsExactly(
                        "first started",
                        "second started",
                        "first closed",
                        "second closed",
                        "third closed",
                        "fourth closed");
        sinks.skipped(3, "busy");
        assertThat(heard).hasSize(6);
    }

    @Test
    void sinksAreClosedOnceAndHearNothingAfterwards() {
        SinkGroup sinks = new SinkGroup(List.of(sink("first", null)), LIMIT, LIMIT);
        sinks.start(run());
        sinks.skipped(3, "busy");
        sinks.close();
        sinks.close();
        sinks.skipped(4, "busy");
        assertThat(heard).containsExactly("first started", "first skipped", "first closed");
    }

    private static RunProvenance run() {
        return new RunProvenance(
                "run", Map.of(), "device", "objective", "{}", List.of(), "FLOAT", Map.of(), List.of(), "probe");
    }
}
