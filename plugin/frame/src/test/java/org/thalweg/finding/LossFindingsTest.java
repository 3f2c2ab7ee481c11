package org.thalweg.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;

/** Findings from losses on frames just beyond their thresholds, and not on those just within. */
class LossFindingsTest extends FindingFrames {

    @Test
    void lossesAreComparedWithTheLowestBefore() {
        RunFindings findings = new RunFindings();
        findings.at(losses(0, 2, 2.2));
        findings.at(losses(10, 1, 1.2));
        assertThat(kinds(findings.at(losses(20, 0.8, 1.3)))).doesNotContain("overfitting", "loss_risen");
        assertThat(of(findings.at(losses(30, 0.5, 1.5)), "overfitting").words()).contains("iteration 10");
        assertThat(kinds(findings.at(losses(40, 0.59, 1.2)))).doesNotContain("overfitting", "loss_risen");
        assertThat(kinds(findings.at(losses(50, 0.61, 1.2)))).contains("loss_risen");
        assertThat(kinds(findings.at(losses(10, 1, 1.2))))
                .as("nothing of later frames")
                .doesNotContain("loss_risen");
    }

    @Test
    void divergenceIsAnAlarmAndComesFirst() {
        RunFindings findings = new RunFindings();
        findings.at(frame(0, 1).build());
        Frame frame = frame(10, Double.NaN).build();
        assertThat(findings.at(frame).get(0))
                .isEqualTo(Advice.alarm("diverged", "Training has diverged: the loss is NaN.", Map.of()));
    }

    /** A saddle is left by training on, but not while the validation loss rises by more than the bar of 2.1 standard errors. */
    @Test
    void nobodyTrainsOnWhileTheValidationLossRises() {
        for (double rise : new double[] {0.01, 0.3}) {
            RunFindings findings = new RunFindings();
            findings.at(saddle(0, 1));
            Finding found = of(findings.at(saddle(10, 1 + rise)), "negative_curvature");
            if (rise < 2.1 * 0.05) {
                assertThat(found.advice()).as("seed %d", seed).startsWith("Train on");
            } else {
                assertThat(found.advice())
                        .as("seed %d", seed)
                        .startsWith("The validation loss has risen")
                        .doesNotContain("Train on");
            }
        }
    }

    private Frame saddle(long iteration, double validation) {
        return eigenvalues(iteration, 8, 0, -2, 0)
                .validationLoss(validation * scale, OptionalDouble.empty())
                .quantities(Map.of("loss_standard_error", 0.05 * scale))
                .build();
    }

    private Frame losses(long iteration, double train, double validation) {
        return frame(iteration, train)
                .validationLoss(validation * scale, OptionalDouble.empty())
                .build();
    }
}
