package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;

class FrameTableTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final FrameTable table =
            new FrameTable(new Console(new PrintStream(written, true, StandardCharsets.UTF_8), false), () -> {});

    @Test
    void marksTheUnconverged() {
        table.frame(frame(
                OptionalDouble.of(97.5),
                new CurvatureValues(
                        List.of(new Eigenvalue(12.345678, 1.5e-4, true)),
                        List.of(new Eigenvalue(-0.5, 0.25, false)),
                        "exact",
                        30,
                        0,
                        Optional.empty())));

        assertThat(lines().get(1).strip().split(" +"))
                .containsExactly(
                        "157", "1", "0.12500", "97.5", "%", "12.346", "1.5e-04", "~-0.50000", "2.5e-01", "3.5");
        assertThat(lines().get(0)).hasSameSizeAs(lines().get(1));
    }

    @Test
    void givesTheReasonForMissingValues() {
        table.frame(frame(OptionalDouble.empty(), CurvatureValues.absent("finite-difference", "kink")));
        table.skipped(200, "busy");
        table.failed(300, new IllegalStateException("no memory"));

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(1)).contains("  -  ", "kink").hasSameSizeAs(lines().get(0));
        assertThat(lines().get(2)).contains("200 skipped: busy");
        assertThat(lines().get(3)).contains("300 failed:", "no memory");
        assertThat(table.rows()).isEqualTo(lines().subList(1, 4));
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Frame frame(OptionalDouble accuracy, CurvatureValues curvature) {
        SurfaceValues surface = new SurfaceValues(
                new double[] {0},
                new double[] {0},
                new boolean[][] {{true}},
                new double[][] {{0.125}},
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Frame.builder(157, 1)
                .loss(0.125, accuracy)
                .objective("network")
                .surface(surface)
                .curvature(curvature)
                .seconds(Map.of("total", 3.5))
                .build();
    }
}
