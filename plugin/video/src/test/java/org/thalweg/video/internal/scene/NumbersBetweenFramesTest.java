package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.frame.Frame;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.film.ValueOptions;
import org.thalweg.video.internal.scene.NumbersPanel.Row;

/** What a picture says about the moment that it shows. */
class NumbersBetweenFramesTest {

    private final long seed = Seeds.fresh("NumbersBetweenFramesTest");
    private final List<Frame> frames = SyntheticRun.frames(3, 9, new SplittableRandom(seed));

    @Test
    void saysThatNumbersBetweenFramesAreInterpolated() throws IOException {
        SurfaceTimeline timeline = SurfaceTimeline.of(FrameSource.of("valley", frames), ValueOptions.DEFAULT);
        List<Row> between = NumbersPanel.rows(timeline, 0.5);
        long from = frames.get(0).iteration();
        long to = frames.get(1).iteration();
        assertThat(between.get(0).after()).isEqualTo("between " + from + " and " + to + ", interpolated");
        double loss = Math.sqrt(frames.get(0).loss() * frames.get(1).loss());
        assertThat(value(between, "loss")).as("seed %d", seed).isEqualTo(Ticks.label(loss, 4));
        assertThat(value(between, "iteration")).isEqualTo(Long.toString(Math.round((from + to) / 2.0)));

        double largest = 0.5 * (largest(frames.get(0)) + largest(frames.get(1)));
        Row lambda = between.stream()
                .filter(row -> row.subscript().equals("max"))
                .findFirst()
                .orElseThrow();
        assertThat(lambda.value()).as("seed %d", seed).endsWith(Ticks.label(largest, 4));
        assertThat(lambda.after()).as("an error that neither frame has").isEmpty();

        List<Row> recorded = NumbersPanel.rows(timeline, 1);
        assertThat(recorded).noneMatch(row -> row.after().contains("interpolated"));
        assertThat(value(recorded, "loss")).isEqualTo(Ticks.label(frames.get(1).loss(), 4));
        assertThat(value(recorded, "surface")).isEqualTo("9 x 9");
        assertThat(NumbersPanel.mostRows(timeline.numbers())).isGreaterThanOrEqualTo(between.size());
    }

    private static double largest(Frame frame) {
        return frame.curvature().lambdaMax().orElseThrow().value();
    }

    private static String value(List<Row> rows, String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100 %",
        "0.9996, 100 %",
        "0.123, 12 %",
        "0.0999, 10.0 %",
        "0.0123, 1.2 %",
        "0.00123, 0.12 %",
        "0.0000123, 0.0012 %",
        "1e-8, less than 0.0001 %",
        "0, 0 %"
    })
    void percentagesArePlainNumbers(double fraction, String text) {
        assertThat(Ticks.percent(fraction)).isEqualTo(text);
    }

    @Test
    void aScaleIsTheOneAskedFor() throws IOException {
        ValueOptions asked = ValueOptions.DEFAULT.withRange(OptionalDouble.of(0.25), OptionalDouble.of(4));
        SurfaceTimeline timeline = SurfaceTimeline.of(FrameSource.of("valley", frames), asked);
        assertThat(timeline.scale()).isEqualTo(new ValueScale(true, 0.25, 4));
        assertThat(timeline.scale().contours(40).length)
                .isGreaterThan(timeline.scale().contours(5).length);
        assertThatThrownBy(() -> asked.withRange(OptionalDouble.of(4), OptionalDouble.of(0.25)))
                .hasMessageContaining("got 4.0 and 0.25");
        assertThatThrownBy(() -> asked.withRange(OptionalDouble.of(0), OptionalDouble.empty()))
                .hasMessageContaining("must be positive, got 0.0");
        assertThatThrownBy(() -> asked.withContours(0)).hasMessageContaining("got 0");
    }

    @Test
    void aQuantityThatFramesLackIsNamed() {
        ValueOptions validation = ValueOptions.DEFAULT.withQuantity(SurfaceQuantity.VALIDATION_LOSS);
        assertThatThrownBy(() -> SurfaceTimeline.of(FrameSource.of("valley", frames), validation))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of valley has no validation-loss");
    }

    @Test
    void coarseGridsAreMarkedUnasked() {
        FrameNumbers nine = FrameNumbers.of(frames.get(0), SurfaceQuantity.LOSS);
        assertThat(ComputedPoints.shown(ValueOptions.DEFAULT, nine)).isTrue();
        FrameNumbers fine = FrameNumbers.of(
                SyntheticRun.frames(1, 25, new SplittableRandom(seed)).get(0), SurfaceQuantity.LOSS);
        assertThat(ComputedPoints.shown(ValueOptions.DEFAULT, fine)).isFalse();
        assertThat(ComputedPoints.shown(ValueOptions.DEFAULT.withDots(true), fine))
                .isTrue();
        assertThat(nine.towards(fine, 0.25).loss())
                .isCloseTo(Math.pow(nine.loss(), 0.75) * Math.pow(fine.loss(), 0.25), within(1e-12));
    }
}
