package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.ScaleReference;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Training that stops and continues in another process. */
@Timeout(120)
class ContinuedTrainingTest {

    private static final long SEED = Seeds.fresh("ContinuedTrainingTest");

    /** Five iterations an epoch. */
    private final DataSet data = Networks.data(20, SEED, 6);

    private static final RecordingOptions REWINDING =
            RecordingOptions.DEFAULT.withWeights(true).withDiscardLaterFrames(true);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ScaleReference.class)
    void aRunInTwoPartsHasTheFramesOfOneInOne(ScaleReference reference) throws IOException {
        Path whole = directory.resolve("whole");
        train(network(), whole, reference, 4);
        Path parts = directory.resolve("parts");
        MultiLayerNetwork first = network();
        train(first, parts, reference, 2);
        train(saved(first), parts, reference, 2);

        RunReader expected = RunReader.open(whole);
        RunReader actual = RunReader.open(parts);
        assertThat(actual.iterations()).containsExactly(0L, 5L, 10L, 15L, 20L).isEqualTo(expected.iterations());
        for (long iteration : expected.iterations()) {
            Frame frame = actual.frame(iteration);
            assertThat(frame.surface().loss())
                    .as("surface at %d, seed %d", iteration, SEED)
                    .isDeepEqualTo(expected.frame(iteration).surface().loss());
            assertThat(frame.epoch()).isEqualTo(expected.frame(iteration).epoch());
            assertThat(frame.curvature().largest())
                    .isEqualTo(expected.frame(iteration).curvature().largest());
        }
        assertThat(Files.readAllLines(parts.resolve("metrics.csv"))).hasSize(6);
    }

    @Test
    void whatDoesNotContinueARunIsRefusedBeforeTraining() throws IOException {
        Path run = directory.resolve("run");
        MultiLayerNetwork network = network();
        train(network, run, ScaleReference.CURRENT, 1);
        refused(builder(network(), run), "up to iteration 5, and the network is at iteration 0");
        refused(
                builder(network, run).surface(SurfaceOptions.DEFAULT.withSeed(99)),
                "settings.surface.plane.seed is 99, in the run it is 12345");
        refused(builder(network, run).probe(Probe.of(Networks.data(20, SEED + 1, 6))), "features have other values");
        MultiLayerNetwork other = Networks.mlp(DataType.DOUBLE, SEED + 1);
        other.fit(new ListDataSetIterator<>(data.asList(), 4), 1);
        refused(builder(other, run), "model.confs[0].seed is " + (SEED + 1));
        assertThat(RunReader.open(run).iterations()).containsExactly(0L, 5L);
    }

    /** The model was saved after an epoch, and the process killed two epochs later. */
    @Test
    void framesAfterTheSavedModelAreMadeAgainOnceEverythingIsAccepted() throws IOException {
        Path run = directory.resolve("run");
        MultiLayerNetwork network = network();
        train(network, run, ScaleReference.CURRENT, 1);
        MultiLayerNetwork older = saved(network);
        train(network, run, ScaleReference.CURRENT, 2);
        double last = RunReader.open(run).frame(15).loss();

        FrameSink unwilling = new FrameSink() {
            @Override
            public void start(RunProvenance provenance) {
                throw new IllegalStateException("not today");
            }

            @Override
            public void frame(Frame frame) {}
        };
        LandscapeListenerBuilder rewinding = builder(older, run).recording(REWINDING);
        refused(rewinding.sink(unwilling), "not today");
        refused(
                builder(older, run).recording(REWINDING).surface(SurfaceOptions.DEFAULT.withSeed(99)),
                "settings.surface.plane.seed is 99");
        assertThat(RunReader.open(run).iterations()).containsExactly(0L, 5L, 10L, 15L);

        try (LandscapeListener listener =
                builder(older, run).recording(REWINDING).build()) {
            assertThat(RunReader.open(run).iterations()).containsExactly(0L, 5L);
            older.addListeners(listener);
            older.fit(new ListDataSetIterator<>(data.asList(), 4), 2);
        }
        assertThat(RunReader.open(run).iterations()).containsExactly(0L, 5L, 10L, 15L);
        assertThat(RunReader.open(run).frame(15).loss()).as("seed %d", SEED).isEqualTo(last);
    }

    @Test
    void aFrozenCameraNeedsTheWeightsOfItsFirstFrame() throws IOException {
        Path run = directory.resolve("run");
        MultiLayerNetwork network = network();
        try (LandscapeListener listener =
                frozen(builder(network, run), ScaleReference.FIRST).build()) {
            listener.capture(network);
        }
        refused(frozen(builder(network, run), ScaleReference.FIRST), "withWeights(true) records them");
    }

    @Test
    void severalFramesOfOneIterationAreOne() throws IOException {
        Path run = directory.resolve("run");
        MultiLayerNetwork network = network();
        for (int i = 0; i < 3; i++) {
            builder(network, run).build().close();
        }
        assertThat(RunReader.open(run).iterations()).isEqualTo(List.of(0L));
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(2);
    }

    private void train(MultiLayerNetwork network, Path run, ScaleReference reference, int epochs) {
        try (LandscapeListener listener = frozen(builder(network, run), reference)
                .recording(RecordingOptions.DEFAULT.withWeights(true))
                .build()) {
            network.addListeners(listener);
            network.fit(new ListDataSetIterator<>(data.asList(), 4), epochs);
        }
    }

    private MultiLayerNetwork saved(MultiLayerNetwork network) throws IOException {
        Path file = directory.resolve("model.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        return ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    }

    private static MultiLayerNetwork network() {
        return Networks.mlp(DataType.DOUBLE, SEED);
    }

    private static LandscapeListenerBuilder frozen(LandscapeListenerBuilder builder, ScaleReference reference) {
        return builder.surface(
                SurfaceOptions.DEFAULT.withDirections(DirectionOptions.DEFAULT.withScaleReference(reference)));
    }

    private LandscapeListenerBuilder builder(MultiLayerNetwork network, Path run) {
        return LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .pacing(EveryFrame.QUEUED)
                .recordTo(run);
    }

    private static void refused(LandscapeListenerBuilder builder, String... parts) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(parts);
    }
}
