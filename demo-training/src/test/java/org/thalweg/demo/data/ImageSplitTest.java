package org.thalweg.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

/** Some images are always held out, and none is in both parts. */
class ImageSplitTest {

    private final long seed = Seeds.fresh("ImageSplitTest");
    private final LabelledImages images = new StrokeDigits(seed).split(50, 1).training();

    @Test
    void takesTheFirstHeldOutImages() {
        LabelledImages held = new StrokeDigits(seed + 1).split(20, 1).training();

        ImageSplit split = new ImageSplit(images, Optional.of(held)).atMost(30, 100);

        assertThat(split.training().size()).isEqualTo(30);
        assertThat(split.validation()).contains(held);
    }

    @Test
    void holdsOutTheLastFifthIfTheSourceHoldsOutNone() {
        ImageSplit split = new ImageSplit(images, Optional.empty()).atMost(1000, 1000);

        assertThat(split.training().size()).isEqualTo(40);
        assertThat(split.validation().orElseThrow().labels())
                .as("seed %d", seed)
                .containsExactly(images.range(40, 50).labels());
        assertThat(split.validation().orElseThrow().source()).startsWith("images 40 to 49 of");
    }

    @Test
    void refusesTooFewImages() {
        ImageSplit four = new ImageSplit(images.first(4), Optional.empty());

        assertThatThrownBy(() -> four.atMost(4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 5 images, got 4");
    }
}
