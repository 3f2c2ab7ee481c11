package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
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

    /** A port that is taken, an option that differs from the run's: not after minutes. */
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
                        "the frame before training (81 points and the curvature) is computed",
                        "the frame before training takes about",
                        "by its first points",
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
