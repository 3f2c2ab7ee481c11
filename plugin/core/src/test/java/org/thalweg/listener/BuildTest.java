package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.ObjectiveFactory;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.StandardError;

/** What {@code build()} checks, says and computes, in which order. */
@Timeout(120)
class BuildTest extends TrainingFixture {

    private static final ObjectiveFactory NEVER = (model, probe, options) -> {
        throw new AssertionError("nothing is computed before what is cheap has been checked");
    };

    @Test
    void aDirectoryThatCannotBeUsedIsRefusedBeforeAnythingIsComputed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        refused(file, file + " is a file");
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "not a run");
        refused(other, "holds something that is not a run");
        Path run = directory.resolve("run");
        MultiLayerNetwork network = network();
        try (LandscapeListener listener = builder(network).recordTo(run).build()) {
            network.addListeners(listener);
            fit(network, 1);
        }
        refused(run, "up to iteration 5, and the network is at iteration 0");
    }

    private void refused(Path path, String message) {
        assertThatThrownBy(() ->
                        builder(network()).objectives(NEVER).recordTo(path).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    /** A port in use or an option that differs from the run's is reported at once, not after minutes. */
    @Test
    void sinksThatCannotStartAreRefusedBeforeTheFirstFrame() {
        FrameSink unwilling = new FrameSink() {
            @Override
            public void start(RunProvenance run) {
                throw new IllegalStateException("the port is taken");
            }

            @Override
            public void frame(Frame frame) {}
        };
        MultiLayerNetwork counted = hanging();
        HangingLoss.CALLS.set(0);
        assertThatThrownBy(() -> builder(counted).sink(unwilling).build()).hasMessage("the port is taken");
        assertThat(HangingLoss.CALLS)
                .as("a point for making sure that the probe fits, and none of a surface")
                .hasValueLessThan(9);
        assertThat(events.frames).isEmpty();
    }

    /** A sink notes whether it is closed. */
    private static final class Closable implements FrameSink {
        private final boolean unwilling;
        private int started;
        private int closed;

        Closable(boolean unwilling) {
            this.unwilling = unwilling;
        }

        @Override
        public void start(RunProvenance run) throws IOException {
            started++;
            if (unwilling) {
                throw new IOException("unwilling");
            }
        }

        @Override
        public void frame(Frame frame) {}

        @Override
        public void close() {
            closed++;
        }
    }

    /** A plane that cannot be had is noticed at the first frame, when all sinks have started. */
    private record Nowhere() implements DirectionSource {
        @Override
        public DirectionPair at(DirectionContext context) {
            throw new IllegalStateException("no plane");
        }

        @Override
        public String describe() {
            return "nowhere";
        }
    }

    @Test
    void aBuildThatFailsLeavesNothingOpen() throws IOException {
        Path run = directory.resolve("run");
        failing(
                "no plane",
                false,
                1,
                builder -> builder.recordTo(run)
                        .surface(SurfaceOptions.DEFAULT.withGrid(3, 1).withPlane(new Nowhere())));
        failing("unwilling", true, 1, builder -> builder.recordTo(run));
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        failing("is a file", false, 0, builder -> builder.recordTo(file));
        failing("inline", false, 0, builder -> builder.recordTo(run).pacing(EveryFrame.INLINE.withQueueCapacity(2)));
        try (LandscapeListener listener = builder(network()).recordTo(run).build()) {
            assertThat(listener).as("is built at once, on the same directory").isNotNull();
        }
    }

    private void failing(
            String message, boolean unwilling, int starts, UnaryOperator<LandscapeListenerBuilder> options) {
        Closable before = new Closable(false);
        Closable last = new Closable(unwilling);
        LandscapeListenerBuilder builder =
                options.apply(builder(network()).sink(before)).sink(last);
        assertThatThrownBy(builder::build).hasMessageContaining(message);
        assertThat(List.of(before.started, last.started)).as(message).containsOnly(starts);
        assertThat(List.of(before.closed, last.closed)).as(message).containsOnly(1);
    }

    @Test
    void directoriesThatCannotHoldARunAreRefused() throws IOException {
        refused(Path.of(""), "must not be empty: the working directory itself is '.'");
        URI archive = URI.create("jar:" + directory.resolve("runs.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            refused(zip.getPath("/run"), "must lie on this machine's own file system, got jar:file:");
        }
    }

    @Test
    void whatIsComputedIsSaidBeforeItIsAndWhatItTakesAfterTheFirstPoints() {
        String said = StandardError.during(() -> LandscapeListener.builder(network())
                .probe(Probe.of(data))
                .grid(9)
                .build()
                .close());
        assertThat(said)
                .containsSubsequence(
                        "Thalweg watches",
                        "the frame before training (up to 81 points and the curvature) is computed",
                        "the frame before training takes up to",
                        "estimated from its first points",
                        "a frame takes about",
                        "the first: surface");
    }

    /** The estimate's points are computed apart from the frame's. */
    @Test
    void theEstimateChangesNothing() {
        for (int points : new int[] {7, 9}) {
            LandscapeListener.builder(network())
                    .probe(Probe.of(data))
                    .grid(points)
                    .sink(events)
                    .build()
                    .close();
        }
        double[][] withoutEstimate = events.frames.get(0).surface().loss();
        double[][] withEstimate = events.frames.get(1).surface().loss();
        // 7 and 9 points a side on the same square share the corners, the middles of the sides, and the centre.
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                assertThat(withEstimate[4 * row][4 * column])
                        .as("seed %d", SEED)
                        .isEqualTo(withoutEstimate[3 * row][3 * column]);
            }
        }
        assertThat(events.frames.get(1).curvature().largest())
                .isEqualTo(events.frames.get(0).curvature().largest());
    }

    @Test
    void aFirstFrameInTheBackgroundIsWaitedForByNobodyAndNeverDropped() throws Exception {
        MultiLayerNetwork network = hanging();
        HangingLoss.gate = new CountDownLatch(1);
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .pacing(PacingOptions.DEFAULT.withFirstFrame(FirstFrame.IN_BACKGROUND))
                .sink(events)
                .build();
        network.addListeners(listener);
        fit(network, 3);
        assertThat(events.frames).isEmpty();
        HangingLoss.gate.countDown();
        listener.close();
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 15L);
        assertThat(events.troubles).containsExactly("5 busy", "10 busy");
    }

    @Test
    void framesMayBeginWithTheSchedule() {
        for (boolean inline : new boolean[] {false, true}) {
            MultiLayerNetwork network = network();
            try (LandscapeListener listener = builder(
                            network, EveryFrame.of(inline).withFirstFrame(FirstFrame.NONE))
                    .build()) {
                network.addListeners(listener);
                fit(network, 2);
            }
            unharmed(network, 2);
        }
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(5L, 10L, 5L, 10L);
    }

    @Test
    void firstFramesThatContradictOtherOptionsAreRefused() {
        assertThatThrownBy(() -> builder(network(), EveryFrame.INLINE.withFirstFrame(FirstFrame.IN_BACKGROUND))
                        .build())
                .hasMessageContainingAll("inline", "firstFrame in the background");
        assertThatThrownBy(() -> builder(
                                network(),
                                PacingOptions.DEFAULT.withOverheadBudget(0.1).withFirstFrame(FirstFrame.NONE))
                        .build())
                .hasMessageContainingAll("overheadBudget", "no firstFrame");
    }

    /** Its loss hangs on threads of Thalweg's. */
    static MultiLayerNetwork hanging() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .list()
                .layer(new OutputLayer.Builder(new HangingLoss())
                        .nIn(6)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .build());
        network.init();
        return network;
    }
}
