package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.thalweg.frame.Frame;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

@Timeout(300)
class LandscapeListenerTest {

    private static final long SEED = Seeds.fresh("LandscapeListenerTest");

    /** 20 examples in batches of 4: five iterations an epoch. */
    private final DataSet data = Networks.data(20, SEED, 6);

    private final CollectedFrames frames = new CollectedFrames();

    @TempDir
    private Path directory;

    @Test
    void framesAreNumberedByCompletedUpdates() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        try (LandscapeListener listener = small(network).build()) {
            network.addListeners(listener);
            network.fit(iterator(), 2);
        }
        assertThat(frames.iterations()).containsExactly(0L, 5L, 10L);
        assertThat(frames.epochs()).containsExactly(0, 1, 2);
        assertThat(frames.closed()).isEqualTo(1);
    }

    @Test
    void directionsScaledToWeightsThatAreAllZeroSpanNoPlaneAndSaySo() {
        for (boolean fixed : new boolean[] {false, true}) {
            MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
            network.params().assign(0);
            small(network)
                    .surface(SurfaceOptions.DEFAULT.withGrid(3, 1).withFixedPlane(fixed))
                    .build()
                    .close();
            Frame frame = frames.last();
            assertThat(frame.quantities()).doesNotContainKeys("direction_cosine", "trajectory_alpha");
            assertThat(frame.curvature().absent()).containsEntry("direction_cosine", "a direction is zero");
            assertThat(frame.curvature().absent().containsKey("trajectory_alpha"))
                    .isEqualTo(fixed);
        }
    }

    @Test
    void aGraphIsWatchedThroughIterationsInline() {
        ComputationGraph graph = Networks.graph(DataType.DOUBLE, SEED);
        try (LandscapeListener listener = small(graph)
                .schedule(Schedule.everyIterations(3))
                .pacing(EveryFrame.INLINE)
                .build()) {
            graph.addListeners(listener);
            graph.fit(iterator());
            graph.fit(iterator());
        }
        assertThat(frames.iterations()).containsExactly(0L, 3L, 6L, 9L);
        assertThat(frames.epochs()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void loopsOverDataSetsFireIterationSchedulesAndSayThatEpochsCannot() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        try (LandscapeListener listener =
                small(network).schedule(Schedule.everyIterations(2)).build()) {
            network.addListeners(listener);
            data.batchBy(4).forEach(network::fit);
        }
        assertThat(frames.iterations()).containsExactly(0L, 2L, 4L);

        MultiLayerNetwork other = Networks.mlp(DataType.FLOAT, SEED);
        CollectedFrames none = new CollectedFrames();
        String said = StandardError.during(() -> {
            try (LandscapeListener listener = LandscapeListener.builder(other)
                    .probe(Probe.of(data))
                    .grid(3)
                    .sink(none)
                    .build()) {
                other.addListeners(listener);
                data.batchBy(4).forEach(other::fit);
            }
        });
        assertThat(none.iterations()).containsExactly(0L);
        assertThat(said.split("announces no epochs", -1)).as("said once").hasSize(2);
    }

    @Test
    void valuesAreThoseOfTheNetworkAtThatMoment() {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, SEED);
        DataSet validation = Networks.data(30, SEED + 1, 6);
        try (LandscapeListener listener =
                small(network).validation(Probe.of(validation)).build()) {
            network.addListeners(listener);
            network.fit(iterator(), 1);
            Frame first = frames.frames().get(0);
            assertThat(first.seconds()).containsKeys("surface", "curvature", "total");
        }
        Frame last = frames.frames().get(1);
        assertThat(last.loss()).isCloseTo(network.score(data, false), within(1e-9));
        assertThat(last.surface().loss()[1][1]).isEqualTo(last.loss());
        assertThat(last.validationLoss().orElseThrow()).isCloseTo(network.score(validation, false), within(1e-9));
        assertThat(last.curvature().lambdaMax().orElseThrow().value())
                .isGreaterThan(last.curvature().lambdaMin().orElseThrow().value());
        assertThat(last.status()).isEqualTo(Frame.Status.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void everyFrameThatIsDueIsRecordedOrCounted(OnBusy onBusy) {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        try (LandscapeListener listener = small(network)
                .schedule(Schedule.everyIterations(1))
                .pacing(PacingOptions.DEFAULT.withOnBusy(onBusy))
                .build()) {
            network.addListeners(listener);
            network.fit(iterator(), 3);
        }
        assertThat(frames.frames().size() + frames.skipped().size()).isEqualTo(16);
    }

    @Test
    void captureTakesTheLastFrameOnceAndWaitsForIt() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        try (LandscapeListener listener =
                small(network).schedule(Schedule.everyIterations(100)).build()) {
            network.addListeners(listener);
            network.fit(iterator(), 1);
            listener.capture(network);
            assertThat(frames.iterations()).containsExactly(0L, 5L);
            listener.capture(network);
            assertThat(frames.iterations()).containsExactly(0L, 5L);
            assertThatThrownBy(() -> listener.capture(Networks.mlp(DataType.FLOAT, SEED)))
                    .hasMessageContaining("built for");
        }
    }

    @Test
    void wrongConfigurationsThrowAtBuildAndLeaveNothingBehind() throws Exception {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        assertThatThrownBy(() -> LandscapeListener.builder(network).build()).hasMessageContaining("probe");
        assertThatThrownBy(() -> LandscapeListener.builder(network).grid(24)).hasMessageContaining("got 24");
        Path run = directory.resolve("run");
        assertThatThrownBy(() -> LandscapeListener.builder(network)
                        .probe(Probe.of(Networks.data(5, SEED, 9)))
                        .recordTo(run)
                        .build())
                .hasMessageContaining("[5, 9]");
        assertThat(run).doesNotExist();
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThatThrownBy(() -> small(network).recordTo(file).build()).hasMessageContaining(file.toString());
        assertThat(Files.readString(file)).isEqualTo("not a directory");
        assertThat(frames.frames()).as("nothing was handed out").isEmpty();
    }

    @Test
    void aRunIsRecordedAndMetered() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Path run = directory.resolve("first");
        try (LandscapeListener listener = small(network)
                .recordTo(run)
                .meterRegistry(registry)
                .recording(RecordingOptions.DEFAULT.withWeights(true))
                .build()) {
            network.addListeners(listener);
            network.fit(iterator(), 1);
        }
        assertThat(run.resolve("run.json")).exists();
        assertThat(run.resolve("probe.h5")).exists();
        assertThat(run.resolve("frames/000000000.h5")).exists();
        assertThat(run.resolve("frames/000000005.h5")).exists();
        assertThat(run.resolve("weights/000000005.h5")).exists();
        assertThat(run.resolve("metrics.csv")).exists();
    }

    /** Elsewhere, touching the model would disturb the pass that it is in. */
    @Test
    void onlySafeCallbacksDoAnything() {
        assertThat(Arrays.stream(TrainingListener.class.getMethods())
                        .map(Method::getName)
                        .distinct()
                        .filter(name -> Arrays.stream(LandscapeListener.class.getDeclaredMethods())
                                .anyMatch(own -> own.getName().equals(name))))
                .containsExactlyInAnyOrder("iterationDone", "onEpochStart", "onEpochEnd");
    }

    private LandscapeListenerBuilder small(org.deeplearning4j.nn.api.Model model) {
        return LandscapeListener.builder(model)
                .probe(Probe.of(data))
                .grid(3)
                .eigenvalues(1)
                .pacing(EveryFrame.QUEUED)
                .sink(frames);
    }

    private DataSetIterator iterator() {
        return new ListDataSetIterator<>(data.asList(), 4);
    }
}
