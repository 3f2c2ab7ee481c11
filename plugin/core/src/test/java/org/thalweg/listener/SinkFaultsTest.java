package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.metrics.MeterNames;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.StandardError;

/** What goes wrong where frames go to: training ends with the bits it has without Thalweg, and other sinks are served. */
@Timeout(120)
class SinkFaultsTest extends TrainingFixture {

    private static final Duration SHORT = Duration.ofSeconds(3);

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
                .containsExactly(
                        "SinkFaultsTest AssertionError",
                        "SinkFaultsTest AssertionError",
                        "SinkFaultsTest AssertionError");
        assertThat(registry.get(MeterNames.SINK_FAILED.meterName())
                        .tags("sink", "SinkFaultsTest", "reason", "AssertionError")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(warnings(said)).singleElement().asString().contains("SinkFaultsTest failed at frame 0");
        assertThat(said).containsOnlyOnce("broken at 0");
        unharmed(network, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSinkThatHangsIsLeftBehindUntilItComesBack(boolean inline) throws Exception {
        Hanging hanging = new Hanging();
        MultiLayerNetwork network = network();
        LandscapeListener listener = watch(network, inline, SHORT, hanging);
        fit(network, 2);
        listener.capture(network);
        assertThat(events.iterations()).containsExactly(0L, 5L, 10L);
        assertThat(events.troubles)
                .containsExactly("SinkFaultsTest$Hanging TimeoutException", "SinkFaultsTest$Hanging TimeoutException");
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
        watch(network, true, SHORT, hanging).close();
        Thread[] sinks = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("thalweg-sink-SinkFaultsTest$Hanging"))
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
        assertThat(warnings(said)).isEmpty();
        unharmed(network, 2);
    }
}
