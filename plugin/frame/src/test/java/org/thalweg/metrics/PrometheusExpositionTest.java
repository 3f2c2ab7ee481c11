package org.thalweg.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Peers;
import org.thalweg.testing.RandomFrames;

class PrometheusExpositionTest {

    private final long seed = System.nanoTime();

    @Test
    void theExpositionHasEveryMeterWithHelp() {
        String text = exposition();
        assertThat(text)
                .contains("# HELP thalweg_hessian_eigenvalue Eigenvalue of the Hessian")
                .contains("# TYPE thalweg_accuracy_percent gauge")
                .contains("# TYPE thalweg_recorded_frames_total counter")
                .containsPattern("(?m)^thalweg_loss\\{probe=\"train\",run=\"valley\"} \\S+$")
                .containsPattern("(?m)^thalweg_hessian_eigenvalue\\{end=\"largest\",method=\"[a-z-]+\",rank=\"1\",run=")
                .containsPattern("(?m)^thalweg_frame_stage_seconds_count\\{run=\"valley\",stage=\"curvature\"} 20$")
                .containsPattern("(?m)^thalweg_skipped_frames_total\\{reason=\"busy\",run=\"valley\"} 1\\.0$");
        assertThat(Pattern.compile("(?m)^(?!#)").matcher(text).results().count())
                .isGreaterThan(20);
    }

    @Test
    void prometheusFindsNothingToBlame() {
        System.out.println("PrometheusExpositionTest seed " + seed);
        String complaints = Peers.program("promtool", List.of("check", "metrics"), exposition());
        assertThat(complaints).as("seed %d", seed).isBlank();
    }

    private String exposition() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FrameMetrics metrics = new FrameMetrics(registry, "valley");
        RandomFrames random = new RandomFrames(new Random(seed));
        for (int i = 0; i < 20; i++) {
            metrics.frame(random.frame(i));
        }
        metrics.skipped(20, "busy");
        metrics.failed(21, new IllegalStateException());
        metrics.sinkFailed("RunRecorder", new IllegalStateException());
        return registry.scrape();
    }
}
