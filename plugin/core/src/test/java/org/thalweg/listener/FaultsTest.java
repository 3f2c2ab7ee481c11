package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.CrashReportingUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.metrics.MeterNames;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** What goes wrong around training: training ends with the bits it has without Thalweg, and frames come again. */
@Timeout(120)
class FaultsTest {

    private static final long SEED = Seeds.fresh("FaultsTest");

    /** Long enough for whatever does not hang, short enough to wait for what does. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Five iterations an epoch. */
    private final DataSet data = Networks.data(20, SEED, 6);

    private final Events events = new Events();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path directory;

    /** What a sink hears. */
    private static final class Events implements FrameSink {
        private final List<Frame> frames = new CopyOnWriteArrayList<>();
        private final List<String> troubles = new CopyOnWriteArrayList<>();

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

    /** A sink that waits for permits, then counts itself done. */
    private static final class Hanging implements FrameSink {
        private final Semaphore permits = new Semaphore(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final List<Long> got = new CopyOnWriteArrayList<>();

        @Override
        public void frame(Frame frame) throws InterruptedException {
            permits.acquire();
            got.add(frame.iteration());
            if (frame.iteration() > 0) {
                released.countDown();
            }
        }

        @Override
        public void close() throws InterruptedException {
            permits.acquire();
        }
    }

    @AfterEach
    void closeMeters() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSinkThatThrowsReachesNeitherTrainingNorOtherSinks(boolean inline) {
        FrameSink broken = frame -> {
            throw new AssertionError("broken at " + frame.iteration());
        };
        MultiLayerNetwork network = network();
        String said = StandardError.during(() -> {
            try (LandscapeListener listener = watch(network, inline, broken)) {
                fit(network, 2);
            }
        });
        assertThat(events.iterations()).containsExactly(0L, 5L, 10L);
        assertThat(events.troubles)
                .containsExactly("FaultsTest AssertionError", "FaultsTest AssertionError", "FaultsTest AssertionError");
        assertThat(registry.get(MeterNames.SINK_FAILED.meterName())
                        .tags("sink", "FaultsTest", "reason", "AssertionError")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(said).containsOnlyOnce("WARN").contains("FaultsTest failed at frame 0", "broken at 0");
        unharmed(network, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSinkThatHangsIsLeftBehindUntilItComesBack(boolean inline) throws Exception {
        Hanging hanging = new Hanging();
        MultiLayerNetwork network = network();
        LandscapeListener listener = watch(network, inline, hanging);
        fit(network, 2);
        listener.capture(network);
        assertThat(events.iterations()).containsExactly(0L, 5L, 10L);
        assertThat(events.troubles)
                .containsExactly("FaultsTest$Hanging TimeoutException", "FaultsTest$Hanging TimeoutException");
        assertThat(hanging.got).containsExactly(0L);
        hanging.permits.release(1000);
        assertThat(hanging.released.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.got).as("the call it hung in went on").containsExactly(0L, 5L);
        int epochs = 2;
        while (hanging.got.size() < 3) {
            fit(network, 1);
            epochs++;
            listener.capture(network);
        }
        listener.close();
        unharmed(network, epochs);
    }

    @Test
    void aSinkThatHangsAtCloseIsInterrupted() throws Exception {
        Hanging hanging = new Hanging();
        MultiLayerNetwork network = network();
        watch(network, true, hanging).close();
        Thread[] sinks = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("thalweg-sink-FaultsTest$Hanging"))
                .toArray(Thread[]::new);
        for (Thread sink : sinks) {
            sink.join(60_000);
            assertThat(sink.isAlive()).isFalse();
        }
    }

    @Test
    void aRunDirectoryThatIsTakenAwayIsMadeAgainWhenItCanBe() throws IOException {
        Path run = directory.resolve("run");
        MultiLayerNetwork network = network();
        try (LandscapeListener listener = builder(network).recordTo(run).build()) {
            network.addListeners(listener);
            fit(network, 1);
            listener.capture(network);
            FileUtils.deleteDirectory(run.toFile());
            Files.writeString(run, "in the way");
            fit(network, 1);
            listener.capture(network);
            Files.delete(run);
            fit(network, 2);
        }
        RunReader reader = RunReader.open(run);
        assertThat(reader.iterations()).containsExactly(15L, 20L);
        assertThat(reader.frame(20).loss()).isEqualTo(events.frames.get(4).loss());
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
        assertThat(events.troubles).containsExactly("RunRecorder IOException");
        unharmed(network, 4);
    }

    @Test
    void weightsThatAreNotNumbersMakeAFrameThatSaysSo() {
        MultiLayerNetwork network = network();
        DataSet poison = data.copy();
        poison.getFeatures().putScalar(3, 2, Double.NaN);
        try (LandscapeListener listener = watch(network, false)) {
            INDArray healthy = network.params().dup();
            INDArray state = network.updaterState().dup();
            network.fit(poison);
            listener.capture(network);
            network.setParams(healthy);
            network.getUpdater().getStateViewArray().assign(state);
            network.fit(data);
            listener.capture(network);
        }
        assertThat(events.frames)
                .extracting(Frame::status)
                .containsExactly(Frame.Status.COMPLETE, Frame.Status.DIVERGED, Frame.Status.COMPLETE);
        Frame diverged = events.frames.get(1);
        assertThat(diverged.loss()).isNaN();
        assertThat(diverged.curvature().largest()).isEmpty();
        assertThat(diverged.curvature().reason()).contains("diverged");
        assertThat(events.frames.get(2).curvature().largest()).hasSize(1);
    }

    @Test
    void aWorkerOutOfMemoryFailsThatFrameAlone() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .list()
                .layer(new OutputLayer.Builder(new HungryLoss()).nIn(6).nOut(3).build())
                .build());
        network.init();
        // Deeplearning4j writes a report into the working directory whenever memory runs out in a network.
        CrashReportingUtil.crashDumpOutputDirectory(directory.toFile());
        String said = StandardError.during(() -> {
            try (LandscapeListener listener = watch(network, false)) {
                HungryLoss.hungry = true;
                fit(network, 2);
                listener.capture(network);
                HungryLoss.hungry = false;
                fit(network, 1);
            }
        });
        assertThat(events.iterations()).containsExactly(0L, 15L);
        assertThat(events.troubles).containsExactly("5 OutOfMemoryError", "10 OutOfMemoryError");
        assertThat(said.lines().filter(line -> line.contains("WARN") && line.contains("frame 5")))
                .hasSize(1);
        assertThat(said).doesNotContain("frame 10");
        assertThat(registry.get(MeterNames.FAILED.meterName())
                        .tag("reason", "OutOfMemoryError")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTrainingThreadThatIsInterruptedStaysSoAndIsWatchedOn(boolean inline) {
        MultiLayerNetwork network = network();
        Path run = directory.resolve("run");
        try (LandscapeListener listener = inline
                ? builder(network).recordTo(run).inline().build()
                : builder(network)
                        .recordTo(run)
                        .onBusy(OnBusy.SKIP)
                        .queueCapacity(9)
                        .build()) {
            network.addListeners(listener);
            Thread.currentThread().interrupt();
            fit(network, 1);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            fit(network, 1);
        }
        assertThat(events.iterations()).containsExactly(0L, 5L, 10L);
        assertThat(events.troubles).isEmpty();
        unharmed(network, 2);
    }

    @Test
    void aWorkerThatIsInterruptedGoesOn() throws IOException {
        MultiLayerNetwork network = network();
        Path run = directory.resolve("interrupted");
        try (LandscapeListener listener = builder(network).recordTo(run).build()) {
            network.addListeners(listener);
            for (int epoch = 0; epoch < 3; epoch++) {
                threads("thalweg-interrupted", "thalweg-sink-RunRecorder").forEach(Thread::interrupt);
                fit(network, 1);
                listener.capture(network);
            }
        }
        assertThat(RunReader.open(run).iterations()).containsExactly(0L, 5L, 10L, 15L);
        unharmed(network, 3);
    }

    @Test
    void aClosedMeterRegistryIsNoTrouble() {
        MultiLayerNetwork network = network();
        String said = StandardError.during(() -> {
            try (LandscapeListener listener = watch(network, false)) {
                registry.close();
                fit(network, 2);
            }
        });
        assertThat(events.iterations()).containsExactly(0L, 5L, 10L);
        assertThat(events.troubles).isEmpty();
        assertThat(said).doesNotContain("WARN");
        unharmed(network, 2);
    }

    /** Whether training ended as it does alone. */
    private void unharmed(MultiLayerNetwork watched, int epochs) {
        MultiLayerNetwork alone = network();
        fit(alone, epochs);
        assertThat(watched.params()).as("seed %d", SEED).isEqualTo(alone.params());
    }

    private static MultiLayerNetwork network() {
        return Networks.mlp(DataType.FLOAT, SEED);
    }

    private void fit(MultiLayerNetwork network, int epochs) {
        network.fit(new ListDataSetIterator<>(data.asList(), 4), epochs);
    }

    private LandscapeListener watch(MultiLayerNetwork network, boolean inline, FrameSink... before) {
        LandscapeListenerBuilder builder = LandscapeListener.builder(network);
        Stream.of(before).forEach(builder::sink);
        configure(builder);
        LandscapeListener listener = inline ? builder.inline().build() : builder.build();
        network.addListeners(listener);
        return listener;
    }

    private LandscapeListenerBuilder builder(MultiLayerNetwork network) {
        return configure(LandscapeListener.builder(network));
    }

    private LandscapeListenerBuilder configure(LandscapeListenerBuilder builder) {
        return builder.probe(Probe.of(data))
                .grid(3)
                .onBusy(OnBusy.WAIT)
                .sinkLimit(LIMIT)
                .closeLimit(LIMIT)
                .meterRegistry(registry)
                .sink(events);
    }

    private static Stream<Thread> threads(String... names) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> List.of(names).contains(thread.getName()));
    }
}
