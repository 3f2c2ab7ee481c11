package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.Frame;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** The end of watching: on time, with every computed frame, and without leftover threads. */
@Timeout(120)
class ClosingTest {

    private static final long SEED = Seeds.fresh("ClosingTest");

    private final DataSet data = Networks.data(20, SEED, 6);

    private final CollectedFrames frames = new CollectedFrames();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingWaitsForFramesAndEndsEveryThread(boolean inline) {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        LandscapeListenerBuilder builder = LandscapeListener.builder(network)
                .recording(RecordingOptions.DEFAULT.withRun("waits"))
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.of(inline))
                .grid(5)
                .sink(frames);
        try (LandscapeListener listener = builder.build()) {
            network.addListeners(listener);
            for (int i = 0; i < 4; i++) {
                network.fit(data);
            }
        }
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(frames.closed()).isEqualTo(1);
        assertThat(threads("thalweg-waits")).isEmpty();
    }

    /** A surface here takes over ten seconds, of which a tenth is inevitable: its 3 x 3 grid. */
    @Test
    void aFrameThatOverrunsTheLimitEndsWhereItIs() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .list()
                .layer(new OutputLayer.Builder(new SlowLoss())
                        .nIn(6)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .build());
        network.init();
        LandscapeListener listener = LandscapeListener.builder(network)
                .recording(RecordingOptions.DEFAULT.withRun("overruns"))
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED.withCloseLimit(Duration.ofMillis(100)))
                .grid(25)
                .sink(frames)
                .build();
        network.addListeners(listener);
        network.fit(data);
        listener.close();
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 1L);
        assertThat(frames.last().status()).isEqualTo(Frame.Status.PARTIAL);
        assertThat(frames.last().curvature().lambdaMax()).isEmpty();
        assertThat(frames.closed()).isEqualTo(1);
        assertThat(threads("thalweg-overruns")).isEmpty();
    }

    /** A user who interrupts training and closes the listener wants the computed frames. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptShortensNoClosing(boolean inline) {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(inline ? EveryFrame.INLINE : PacingOptions.DEFAULT.withQueueCapacity(9))
                .grid(9)
                .sink(frames)
                .build();
        network.addListeners(listener);
        for (int i = 0; i < 8; i++) {
            network.fit(data);
        }
        Thread.currentThread().interrupt();
        listener.close();
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(frames.closed()).isEqualTo(1);
    }

    @Test
    void aSecondCloseWaitsForTheFirst() throws Exception {
        MultiLayerNetwork network = BuildTest.hanging();
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .grid(3)
                .sink(frames)
                .build();
        network.addListeners(listener);
        HangingLoss.gate = new CountDownLatch(1);
        network.fit(data);
        List<Integer> closed = new CopyOnWriteArrayList<>();
        List<Thread> closing = Stream.generate(() -> new Thread(() -> {
                    listener.close();
                    closed.add(frames.closed());
                }))
                .limit(3)
                .toList();
        closing.forEach(Thread::start);
        closing.get(0).join(200);
        assertThat(closed).as("nobody returns before the frame is there").isEmpty();
        HangingLoss.gate.countDown();
        for (Thread thread : closing) {
            thread.join();
        }
        assertThat(closed).containsExactly(1, 1, 1);
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 1L);
    }

    /** Its sinks are closed, and what it would have recorded is counted. */
    @Test
    void aFrameThatNeverEndsKeepsNoSinkOpen() {
        MultiLayerNetwork network = BuildTest.hanging();
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED.withCloseLimit(Duration.ofMillis(100)))
                .grid(3)
                .sink(frames)
                .build();
        network.addListeners(listener);
        HangingLoss.gate = new CountDownLatch(1);
        network.fit(data);
        network.fit(data);
        String said = StandardError.during(listener::close);
        assertThat(frames.closed()).isEqualTo(1);
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L);
        assertThat(frames.skipped()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(said).contains("does not end", "[2, 1]");
        HangingLoss.gate.countDown();
    }

    /** Closed by another thread than the one that trains. */
    @Test
    void closingWaitsForAFrameOnTheTrainingThread() throws Exception {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.INLINE)
                .grid(3)
                .sink(frame -> {
                    if (frame.iteration() == 1) {
                        begun.countDown();
                        gate.await();
                    }
                })
                .sink(frames)
                .build();
        network.addListeners(listener);
        Thread training = new Thread(() -> network.fit(data));
        training.start();
        begun.await();
        Thread closing = new Thread(listener::close);
        closing.start();
        closing.join(200);
        assertThat(closing.isAlive()).as("the frame is not there yet").isTrue();
        gate.countDown();
        closing.join();
        training.join();
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 1L);
        assertThat(frames.closed()).isEqualTo(1);
    }

    /** A sink may end the watching: one that looks for divergence, for example. */
    @Test
    void aSinkThatClosesItsListenerDoesNotWaitForItself() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        AtomicReference<LandscapeListener> watching = new AtomicReference<>();
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3)
                .sink(frames)
                .sink(frame -> {
                    if (frame.iteration() == 2) {
                        Objects.requireNonNull(watching.get()).close();
                    }
                })
                .build();
        watching.set(listener);
        network.addListeners(listener);
        network.fit(data);
        network.fit(data);
        listener.capture(network);
        network.fit(data);
        assertThat(frames.closed()).isZero();
        listener.close();
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 1L, 2L);
        assertThat(frames.closed()).isEqualTo(1);
    }

    @Test
    void forgettingToCloseKeepsNoJvmAliveAndLosesNoFinishedFrame() throws Exception {
        Path run = directory.resolve("run");
        try (ChildJvm child = new ChildJvm(ForgetfulTraining.class, run, SEED, 30)) {
            assertThat(child.awaitEnd()).as(child.read()).isZero();
            assertThat(child.read()).contains("training has ended");
            long told = child.read()
                    .lines()
                    .filter(line -> line.startsWith("frame "))
                    .count();
            RunReader reader = RunReader.open(run);
            List<Long> recorded = reader.iterations();
            assertThat(recorded)
                    .as("seed %d", SEED)
                    .hasSizeGreaterThanOrEqualTo((int) told)
                    .isEqualTo(LongStream.range(0, recorded.size()).boxed().toList());
            for (long iteration : recorded) {
                assertThat(reader.frame(iteration).iteration()).isEqualTo(iteration);
            }
        }
    }

    private static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
