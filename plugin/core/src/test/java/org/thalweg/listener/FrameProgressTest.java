package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;

/** What sinks receive while a frame is computed. */
class FrameProgressTest extends TrainingFixture {

    /** Frames in the order they arrive, complete or not. */
    private static final class Seen implements FrameSink {
        private final List<Frame> unfinished = Collections.synchronizedList(new ArrayList<>());
        private final List<Frame> whole = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void progress(Frame frame) {
            assertThat(whole).extracting(Frame::iteration).doesNotContain(frame.iteration());
            unfinished.add(frame);
        }

        @Override
        public void frame(Frame frame) {
            whole.add(frame);
        }
    }

    @Test
    void aFrameAppearsAndSharpens() {
        MultiLayerNetwork network = network();
        Seen seen = new Seen();
        try (LandscapeListener listener = builder(network).grid(9).sink(seen).build()) {
            assertThat(listener).isNotNull();
        }
        assertThat(events.troubles).isEmpty();
        Frame frame = seen.whole.get(0);
        assertThat(seen.unfinished)
                .extracting(unfinished -> unfinished.surface().evaluatedPoints())
                .containsExactly(9, 81);
        for (Frame unfinished : seen.unfinished) {
            assertThat(unfinished.iteration()).isZero();
            assertThat(unfinished.status()).isEqualTo(Frame.Status.PARTIAL);
            assertThat(unfinished.loss()).isEqualTo(frame.loss());
            assertThat(unfinished.curvature().largest()).isEmpty();
            holdsSome(unfinished, frame);
        }
    }

    /** Points computed so far equal the complete frame's, bit for bit. */
    private static void holdsSome(Frame unfinished, Frame frame) {
        boolean[][] there = unfinished.surface().evaluated();
        for (int row = 0; row < there.length; row++) {
            for (int column = 0; column < there[row].length; column++) {
                if (there[row][column]) {
                    assertThat(unfinished.surface().loss()[row][column])
                            .as("seed %d", SEED)
                            .isEqualTo(frame.surface().loss()[row][column]);
                }
            }
        }
    }
}
