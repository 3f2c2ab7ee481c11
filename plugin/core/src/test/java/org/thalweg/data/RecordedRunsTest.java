package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.analysis.TrajectoryAnalysis;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.PacingOptions;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.listener.Schedule;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.surface.LossSurface;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Runs that were trained for this, one by gradient descent and one by Adam, on planes that hold both. */
class RecordedRunsTest {

    private static final int UPDATES = 6;

    private final long seed = Seeds.fresh("RecordedRunsTest");
    private final DataSet data = Networks.data(24, seed, 1, 8, 8);
    private final DataSet unseen = Networks.data(12, seed + 1, 1, 8, 8);

    @TempDir
    private Path directory;

    /** BatchNorm's statistics change along the way: each snapshot's own for its loss, the origin's on the plane. */
    @ParameterizedTest
    @ValueSource(strings = {"pca", "first-frame"})
    void everyNumberOfAPlaneIsComputedAgainElsewhere(String plane) throws IOException {
        Path adam = record("adam", network(), listener -> listener);
        Path descent = record("descent", withUpdater(network(), new Sgd(0.5)), listener -> listener);
        Path file = directory.resolve("plane.h5");
        RecordedRuns runs = RecordedRuns.read(List.of(adam, descent), 100);
        try (Objective train = ObjectiveChoice.of(runs.model(), runs.probe(), runs.options(), true)
                .objective()) {
            Objective validation = train.withProbe(runs.validation().orElseThrow());
            TrajectoryAnalysis analysis = plane.equals("pca")
                    ? TrajectoryAnalysis.ofComponents(train, validation, runs.trajectories())
                    : TrajectoryAnalysis.ofFirstFrame(
                            train,
                            validation,
                            runs.trajectories(),
                            runs.firstFrameDirections(train.layout(), OptionalLong.empty()));
            LossSurface surface = analysis.empty(analysis.grid(9));
            analysis.fill(surface, () -> false);
            TrajectoryFile.write(file, analysis.map(surface));
            assertThat(analysis.trajectories())
                    .extracting(TrajectoryValues::run)
                    .containsExactly("adam", "descent");
        }
        String told = Peers.python(
                List.of("/org/thalweg/peers/recompute_trajectory.py", "/org/thalweg/peers/recompute.py"),
                List.of("h5py", "numpy", "scipy", "sklearn", "torch"),
                file,
                adam,
                descent);
        assertThat(told)
                .as("seed %d", seed)
                .contains(2 * (UPDATES + 1) + " snapshots and 81 points recomputed, 0 disagreements");
    }

    /** Directions are drawn again from the seed where they were not recorded: the same to the last bit. */
    @Test
    void aFirstFramesDirectionsAreThoseItHad() throws IOException {
        Path recorded = record(
                "recorded",
                network(),
                listener -> listener.recording(weights(true).withDirections(true)));
        Path drawn = record("drawn", network(), listener -> listener);
        assertThat(directions(recorded, OptionalLong.empty()))
                .as("seed %d", seed)
                .isEqualTo(directions(drawn, OptionalLong.empty()))
                .isNotEqualTo(directions(recorded, OptionalLong.of(seed + 7)));
    }

    private String directions(Path run, OptionalLong other) throws IOException {
        RecordedRuns runs = RecordedRuns.read(List.of(run), 2);
        try (Objective train = ObjectiveChoice.of(runs.model(), runs.probe(), runs.options(), true)
                .objective()) {
            var theta = train.layout()
                    .pack(runs.trajectories().get(0).snapshots().get(0).parameters());
            var pair = runs.firstFrameDirections(train.layout(), other).apply(theta);
            return List.of(pair.delta().toFloatVector(), pair.eta().toFloatVector()).stream()
                    .map(Arrays::toString)
                    .toList()
                    .toString();
        }
    }

    @Test
    void longRunsAreThinnedEvenly() throws IOException {
        Path run = record("run", network(), listener -> listener);
        assertThat(iterations(run, 100)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(iterations(run, 3)).containsExactly(0L, 3L, 6L);
        assertThatThrownBy(() -> RecordedRuns.read(List.of(run), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 1");
    }

    private static List<Long> iterations(Path run, int most) throws IOException {
        return RecordedRuns.read(List.of(run), most).trajectories().get(0).snapshots().stream()
                .map(snapshot -> snapshot.iteration())
                .toList();
    }

    @Test
    void runsThatShareNoSurfaceAreRefused() throws IOException {
        Path run = record("run", network(), listener -> listener);
        Path bare = record("bare", network(), listener -> listener.recording(weights(false)));
        Path other = record("other", Networks.cnn(DataType.FLOAT, seed, false), listener -> listener);
        Path elsewhere = record("elsewhere", network(), listener -> listener.probe(Probe.of(unseen)));
        Path batch = record(
                "batch",
                network(),
                listener -> listener.objective(ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH)));
        Path drawn = record("drawn", network(), listener -> listener.objective(dropout(7)));
        Path again = record("again", network(), listener -> listener.objective(dropout(8)));
        requireRefused(List.of(run, bare), IOException.class, "the run at " + bare + " has no weights recorded");
        requireRefused(List.of(run, other), IllegalArgumentException.class, "models must be of one architecture");
        requireRefused(List.of(run, elsewhere), IllegalArgumentException.class, "must have the same probe: ");
        requireRefused(
                List.of(run, batch), IllegalArgumentException.class, "mode is running in " + run + " and batch in");
        assertThat(RecordedRuns.read(List.of(drawn), 100).options().seed()).isEqualTo(7);
        requireRefused(
                List.of(drawn, again), IllegalArgumentException.class, "seed of the dropout masks is 7 in " + drawn);
        // As the version before 0.2.0 wrote it.
        Path description = drawn.resolve("run.json");
        Files.writeString(description, Files.readString(description).replace("\"settings\"", "\"unknown\""));
        requireRefused(List.of(drawn), IllegalArgumentException.class, "the seed of the dropout masks");
        requireRefused(List.of(run, directory), IOException.class, "it has no run.json");
        Files.delete(run.resolve("probe.h5"));
        requireRefused(List.of(run), IOException.class, "has no probe.h5");
    }

    private static void requireRefused(List<Path> runs, Class<? extends Exception> type, String message) {
        assertThatThrownBy(() -> RecordedRuns.read(runs, 100))
                .isInstanceOf(type)
                .hasMessageContaining(message);
    }

    private static ObjectiveOptions dropout(long seed) {
        return ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.TRAINING).withSeed(seed);
    }

    private static RecordingOptions weights(boolean weights) {
        return RecordingOptions.DEFAULT.withWeights(weights);
    }

    private Path record(String name, MultiLayerNetwork network, Configuration further) {
        Path run = directory.resolve(name);
        LandscapeListenerBuilder builder = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .validation(Probe.of(unseen))
                .schedule(Schedule.everyIterations(1))
                .grid(3)
                .eigenvalues(0)
                .recording(weights(true))
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .recordTo(run);
        try (LandscapeListener listener = further.apply(builder).build()) {
            network.addListeners(listener);
            for (int i = 0; i < UPDATES; i++) {
                network.fit(data);
            }
        }
        return run;
    }

    /** The further contents of a run. */
    private interface Configuration {
        LandscapeListenerBuilder apply(LandscapeListenerBuilder builder);
    }

    private MultiLayerNetwork network() {
        return Networks.cnn(DataType.FLOAT, seed, true);
    }

    private static MultiLayerNetwork withUpdater(MultiLayerNetwork network, IUpdater updater) {
        MultiLayerConfiguration configuration =
                network.getLayerWiseConfigurations().clone();
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            if (layer.getLayer() instanceof BaseLayer base) {
                base.setIUpdater(updater);
            }
        }
        MultiLayerNetwork other = new MultiLayerNetwork(configuration);
        other.init();
        return other;
    }
}
