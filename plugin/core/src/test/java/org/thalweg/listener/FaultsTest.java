package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.CrashReportingUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.Frame;
import org.thalweg.metrics.MeterNames;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.StandardError;

/** What goes wrong in training and in the worker: training ends with the bits it has alone, and frames come again. */
@Timeout(120)
class FaultsTest extends TrainingFixture {

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
        PacingOptions pacing = inline ? EveryFrame.INLINE : PacingOptions.DEFAULT.withQueueCapacity(9);
        try (LandscapeListener listener = builder(network, pacing).recordTo(run).build()) {
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

    private static Stream<Thread> threads(String... names) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> List.of(names).contains(thread.getName()));
    }
}
