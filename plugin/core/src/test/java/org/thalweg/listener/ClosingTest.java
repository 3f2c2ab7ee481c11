package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
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

/** The end of watching: on time, with every frame that was computed, and without a thread left behind. */
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
