package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aFileGetsLinesAndNoCarriageReturns() {
        try (Progress progress = Progress.lines("film", "pictures", 360, err, Duration.ZERO)) {
            progress.stepTo(1);
            progress.stepTo(1);
            progress.stepTo(120);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("film: 1 of 360 pictures", "film: 120 of 360 pictures");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\r");
    }

    @Test
    void whatIsDoneWithinTheIntervalIsNotWorthALine() {
        try (Progress progress = Progress.lines("film", "pictures", 360, err, Duration.ofSeconds(100))) {
            progress.stepTo(360);
        }
        assertThat(bytes.size()).isZero();
    }
}
