package org.thalweg.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Frame;

/** Findings about steps, gradients and batches on frames just beyond their thresholds, and not on those just within. */
class TrainingFindingsTest extends FindingFrames {

    @Test
    void noiseIsComparedWithTheBatchWhereItsErrorAllows() {
        RunFindings findings = new RunFindings();
        assertThat(kinds(findings.at(noise(0, 290, 20, 32)))).doesNotContain("noisy_gradient", "large_batch");
        assertThat(kinds(findings.at(noise(1, 400, 20, 32)))).contains("noisy_gradient");
        assertThat(kinds(findings.at(noise(2, 290, 20, 32)))).contains("noisy_gradient");
        assertThat(kinds(findings.at(noise(3, 200, 20, 32)))).doesNotContain("noisy_gradient");
        assertThat(kinds(findings.at(noise(4, 400, 90, 32)))).doesNotContain("noisy_gradient");
        assertThat(kinds(findings.at(noise(5, 2, 0.1, 32)))).contains("large_batch");
        assertThat(kinds(findings.at(noise(6, 2, 2, 32)))).doesNotContain("large_batch");
    }

    @Test
    void stepsAreJudgedAtTwoFramesInARow() {
        RunFindings findings = new RunFindings();
        assertThat(kinds(findings.at(step(0, 0.2)))).doesNotContain("long_step");
        assertThat(kinds(findings.at(step(1, 0.4)))).contains("long_step");
        assertThat(kinds(findings.at(step(2, 0.55)))).contains("long_step");
        assertThat(kinds(findings.at(step(3, 0.7)))).doesNotContain("long_step");
        assertThat(kinds(findings.at(step(4, 100)))).doesNotContain("short_step");
        assertThat(kinds(findings.at(step(5, 60)))).contains("short_step");
        assertThat(kinds(findings.at(step(6, 30)))).doesNotContain("short_step");
    }

    @Test
    void curvatureAlongTheGradientBeyondTheLimitForetellsASpike() {
        RunFindings findings = new RunFindings();
        assertThat(kinds(findings.at(along(0, 0.99)))).doesNotContain("loss_spike");
        assertThat(of(findings.at(along(1, 1.05)), "loss_spike").words()).contains("1.05 times");
        assertThat(kinds(findings.at(along(2, 0.97)))).contains("loss_spike");
        assertThat(kinds(findings.at(along(3, 0.93)))).doesNotContain("loss_spike");
        assertThat(kinds(findings.at(along(4, 0.97)))).doesNotContain("loss_spike");
    }

    private Frame along(long iteration, double ratio) {
        return frame(iteration, 1)
                .quantities(Map.of("preconditioned_gradient_curvature", ratio))
                .build();
    }

    @Test
    void aFlatStartGainsNothing() {
        assertThat(kinds(new RunFindings().at(gradient(0, 0.01)))).contains("flat_start");
        assertThat(kinds(new RunFindings().at(gradient(0, 1)))).doesNotContain("flat_start");
        RunFindings later = new RunFindings();
        later.at(gradient(0, 1));
        assertThat(kinds(later.at(gradient(1, 0.01)))).doesNotContain("flat_start");
    }

    private Frame noise(long iteration, double noise, double error, double batch) {
        return frame(iteration, 1)
                .quantities(
                        Map.of("gradient_noise_scale", noise, "gradient_noise_scale_error", error, "batch_size", batch))
                .build();
    }

    private Frame step(long iteration, double critical) {
        return frame(iteration, 1).quantities(Map.of("critical_step", critical)).build();
    }

    private Frame gradient(long iteration, double norm) {
        return frame(iteration, 1)
                .quantities(Map.of("gradient_norm", norm * scale))
                .build();
    }
}
