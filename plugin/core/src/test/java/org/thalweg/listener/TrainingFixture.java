package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Training of a small network, watched by a sink that records its calls and by meters, for tests of failures. */
abstract class TrainingFixture {

    static final long SEED = Seeds.fresh("TrainingFixture");

    /** Long enough for whatever does not hang. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Five iterations an epoch. */
    final DataSet data = Networks.data(20, SEED, 6);

    final Events events = new Events();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path directory;

    /** What a sink hears. */
    static final class Events implements FrameSink {
        final List<Frame> frames = new CopyOnWriteArrayList<>();
        final List<String> troubles = new CopyOnWriteArrayList<>();

        @Override
        public void frame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void skipped(long iteration, String reason) {
            troubles.add(iteration + " " + reason);
        }

        @Override
        public void failed(long iteration, Throwable cause) {
            troubles.add(iteration + " " + cause.getClass().getSimpleName());
        }

        @Override
        public void sinkFailed(String sink, Throwable cause) {
            troubles.add(sink + " " + cause.getClass().getSimpleName());
        }

        List<Long> iterations() {
            return frames.stream().map(Frame::iteration).toList();
        }
    }

    @AfterEach
    void closeMeters() {
        registry.close();
    }

    /** The warnings of a log except findings, which so few examples and points cause. */
    static List<String> warnings(String said) {
        return said.lines()
                .filter(line -> line.contains("WARN") && !line.contains(FindingListener.class.getName()))
                .toList();
    }

    /** Whether training ended as it does alone. */
    void unharmed(MultiLayerNetwork watched, int epochs) {
        MultiLayerNetwork alone = network();
        fit(alone, epochs);
        assertThat(watched.params()).as("seed %d", SEED).isEqualTo(alone.params());
    }

    static MultiLayerNetwork network() {
        return Networks.mlp(DataType.FLOAT, SEED);
    }

    void fit(MultiLayerNetwork network, int epochs) {
        network.fit(new ListDataSetIterator<>(data.asList(), 4), epochs);
    }

    LandscapeListener watch(MultiLayerNetwork network, boolean inline, FrameSink... before) {
        return watch(network, inline, LIMIT, before);
    }

    /** With time limits for sinks and for closing them that are short enough to wait for a hanging one. */
    LandscapeListener watch(MultiLayerNetwork network, boolean inline, Duration limit, FrameSink... before) {
        LandscapeListenerBuilder builder = LandscapeListener.builder(network);
        Stream.of(before).forEach(builder::sink);
        LandscapeListener listener =
                configure(builder, EveryFrame.of(inline), limit).build();
        network.addListeners(listener);
        return listener;
    }

    LandscapeListenerBuilder builder(MultiLayerNetwork network) {
        return builder(network, EveryFrame.QUEUED);
    }

    LandscapeListenerBuilder builder(MultiLayerNetwork network, PacingOptions pacing) {
        return configure(LandscapeListener.builder(network), pacing, LIMIT);
    }

    private LandscapeListenerBuilder configure(LandscapeListenerBuilder builder, PacingOptions pacing, Duration limit) {
        return builder.probe(Probe.of(data))
                .grid(3)
                .pacing(pacing.withSinkLimit(limit).withCloseLimit(limit))
                .meterRegistry(registry)
                .sink(events);
    }
}
