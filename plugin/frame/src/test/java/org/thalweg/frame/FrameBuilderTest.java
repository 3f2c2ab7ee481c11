package org.thalweg.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** All frames follow one rule, whatever code builds them. */
class FrameBuilderTest {

    private final long seed = Seeds.fresh("FrameBuilderTest");
    private final Frame frame = new RandomFrames(new Random(seed)).frame(7);

    @Test
    void aFrameHasDivergedWhereParametersOrLossAreNotFinite() {
        assertThat(status(true, 1, true)).isEqualTo(Frame.Status.COMPLETE);
        assertThat(status(true, 1, false)).isEqualTo(Frame.Status.PARTIAL);
        assertThat(status(false, 1, true)).isEqualTo(Frame.Status.DIVERGED);
        assertThat(status(true, Double.NaN, true)).isEqualTo(Frame.Status.DIVERGED);
        assertThat(status(true, Double.POSITIVE_INFINITY, false)).isEqualTo(Frame.Status.DIVERGED);
    }

    @Test
    void quantitiesThatAreNotFiniteAreLeftOut() {
        Map<String, Double> further = Map.of("a", 1.5, "b", Double.NaN, "c", Double.NEGATIVE_INFINITY);
        assertThat(frame.withQuantities(further).quantities())
                .as("seed %d", seed)
                .containsEntry("a", 1.5)
                .doesNotContainKeys("b", "c")
                .containsAllEntriesOf(frame.quantities());
    }

    @Test
    void aCopyDiffersInWhatWasToldAndNothingElse() {
        assertThat(frame.toBuilder().build())
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .isEqualTo(frame);
        Frame light = frame.withoutArrays();
        assertThat(light.directions()).isEmpty();
        assertThat(light.weights()).isEmpty();
        assertThat(light)
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .ignoringFields("directions", "weights")
                .isEqualTo(frame);
        List<NamedArray> arrays = List.of(new NamedArray("0_W", new long[] {1}, new float[1]));
        assertThat(light.toBuilder().weights(arrays).build().weights()).isEqualTo(arrays);
    }

    @Test
    void aFrameWithoutSurfaceIsNone() {
        assertThatThrownBy(() -> Frame.builder(3, 0)
                        .loss(1, OptionalDouble.empty())
                        .curvature(frame.curvature())
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("iteration 3");
    }

    private Frame.Status status(boolean finiteParameters, double loss, boolean complete) {
        return frame.toBuilder()
                .loss(loss, OptionalDouble.empty())
                .status(finiteParameters, complete)
                .build()
                .status();
    }
}
