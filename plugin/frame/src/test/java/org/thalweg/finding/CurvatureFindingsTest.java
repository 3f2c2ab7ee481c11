package org.thalweg.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;
import org.thalweg.frame.Frame;

/** Findings from eigenvalues on frames just beyond their thresholds, and not on those just within. */
class CurvatureFindingsTest extends FindingFrames {

    @ParameterizedTest
    @CsvSource({"0.85, false", "0.95, true", "1.2, true", "1.4, true"})
    void theEdgeOfStabilityIsFoundFromItsThresholdOn(double ratio, boolean expected) {
        List<Finding> found = new RunFindings().at(edge(0, ratio, 0));
        assertThat(kinds(found).contains("edge_of_stability")).isEqualTo(expected);
        if (expected) {
            Finding finding = of(found, "edge_of_stability");
            assertThat(finding.severity()).isEqualTo(ratio > 1.25 ? Severity.WARNING : Severity.NOTE);
            assertThat(finding.words()).contains(ratio + " times").endsWith(".");
        }
    }

    @Test
    void whatHoversAtTheEdgeStaysThereALittleBelow() {
        RunFindings findings = new RunFindings();
        assertThat(kinds(findings.at(edge(0, 0.85, 0)))).doesNotContain("edge_of_stability");
        assertThat(kinds(findings.at(edge(10, 0.95, 0)))).contains("edge_of_stability");
        assertThat(kinds(findings.at(edge(20, 0.85, 0)))).contains("edge_of_stability");
        assertThat(kinds(findings.at(edge(30, 0.75, 0)))).doesNotContain("edge_of_stability");
        assertThat(kinds(findings.at(edge(40, 0.85, 0)))).doesNotContain("edge_of_stability");
    }

    @Test
    void anEigenvalueSaysNothingWithinItsError() {
        assertThat(kinds(new RunFindings().at(edge(0, 1, 0.2)))).doesNotContain("edge_of_stability");
        assertThat(kinds(new RunFindings().at(eigenvalues(0, 10, 0, -1.5, 0).build())))
                .contains("negative_curvature");
        assertThat(kinds(new RunFindings().at(eigenvalues(0, 10, 0, -1.5, 0.6).build())))
                .doesNotContain("negative_curvature", "convex");
        RunFindings findings = new RunFindings();
        findings.at(eigenvalues(0, 1, 0.01, 0, 0).build());
        assertThat(kinds(findings.at(eigenvalues(10, 1.6, 0.2, 0, 0).build()))).doesNotContain("sharpness");
    }

    @Test
    void negativeCurvatureCountsAgainstThePositive() {
        assertThat(of(new RunFindings().at(eigenvalues(0, 8, 0, -2, 0).build()), "negative_curvature")
                        .words())
                .contains("25 %");
        assertThat(kinds(new RunFindings().at(eigenvalues(0, 8, 0, -0.4, 0).build())))
                .doesNotContain("negative_curvature", "convex");
        assertThat(kinds(new RunFindings().at(eigenvalues(0, 8, 0, -0.04, 0).build())))
                .contains("convex");
    }

    @Test
    void sharpnessIsComparedWithTheFrameBeforeThenWithTheFirst() {
        RunFindings findings = new RunFindings();
        double lambda = 1;
        for (long iteration = 0; iteration < 60; iteration += 10) {
            List<Finding> found =
                    findings.at(eigenvalues(iteration, lambda, 0, 0, 0).build());
            assertThat(kinds(found).contains("sharpness"))
                    .as("lambda_max %f of 1 at the start", lambda)
                    .isEqualTo(lambda >= Thresholds.SHARPNESS_TREND.entering());
            lambda *= 1.3;
        }
        Finding fallen = of(findings.at(eigenvalues(60, 0.5, 0, 0, 0).build()), "sharpness");
        assertThat(fallen.words())
                .startsWith("Flatter than at iteration 50")
                .contains("to " + Words.number(0.5 * scale));
    }

    @Test
    void unconvergedAbsentAndAsymmetricEigenvaluesAreDoubted() {
        CurvatureValues open = new CurvatureValues(
                List.of(new Eigenvalue(3, 1, false)), List.of(), "exact", 9, 0.01, Optional.empty());
        assertThat(kinds(new RunFindings().at(frame(0, 1).curvature(open).build())))
                .containsExactly("unconverged", "asymmetric");
        assertThat(kinds(new RunFindings()
                        .at(frame(0, 1)
                                .curvature(CurvatureValues.absent("exact", "kink"))
                                .build())))
                .containsExactly("no_eigenvalues");
        assertThat(new RunFindings()
                        .at(frame(0, 1)
                                .curvature(CurvatureValues.absent("exact", "off"))
                                .build()))
                .isEmpty();
    }

    @Test
    void sharpnessWithinItsSamplingErrorSaysNothing() {
        Frame at = sampled(0, 0.1, 1, Map.of("edge_of_stability", 1.0));
        assertThat(kinds(new RunFindings().at(at))).doesNotContain("edge_of_stability");
        assertThat(kinds(new RunFindings().at(sampled(0, 0.01, 1, Map.of("edge_of_stability", 1.0)))))
                .contains("edge_of_stability");
    }

    /** 1.6 times as sharp, with a 95 % bar of 2.1 standard errors on either side. */
    @Test
    void aChangeOfSharpnessWithinItsSamplingErrorSaysNothing() {
        assertThat(kinds(changed(0.1))).as("seed %d", seed).doesNotContain("sharpness");
        assertThat(kinds(changed(0.01))).as("seed %d", seed).contains("sharpness");
    }

    private List<Finding> changed(double error) {
        RunFindings findings = new RunFindings();
        findings.at(sampled(0, error, 1, Map.of()));
        OptionalDouble absolute = OptionalDouble.of(error * 4 * scale);
        Eigenvalue sharper = new Eigenvalue(6.4 * scale, 0, true, absolute, OptionalDouble.empty());
        return findings.at(frame(10, 1)
                .curvature(new CurvatureValues(List.of(sharper), List.of(), "exact", 9, 0, Optional.empty()))
                .build());
    }

    @Test
    void aProbeMayBeTooSmallOrFitted() {
        RunFindings findings = new RunFindings();
        assertThat(kinds(findings.at(sampled(0, 0.23, 1, Map.of())))).doesNotContain("probe_too_small");
        assertThat(kinds(findings.at(sampled(1, 0.24, 1, Map.of())))).contains("probe_too_small");
        assertThat(kinds(findings.at(sampled(2, 0.2, 1, Map.of())))).contains("probe_too_small");
        assertThat(kinds(findings.at(sampled(3, 0.18, 1, Map.of())))).doesNotContain("probe_too_small");
        assertThat(kinds(findings.at(sampled(4, 0.01, 0.4, Map.of())))).contains("fitted_curvature");
        assertThat(kinds(findings.at(sampled(5, 0.01, 0.55, Map.of())))).contains("fitted_curvature");
        assertThat(kinds(findings.at(sampled(6, 0.01, 0.7, Map.of())))).doesNotContain("fitted_curvature");
        assertThat(kinds(findings.at(sampled(7, 0.1, 0.4, Map.of())))).doesNotContain("fitted_curvature");
    }

    private Frame sampled(long iteration, double error, double validation, Map<String, Double> quantities) {
        Eigenvalue largest = new Eigenvalue(
                4 * scale, 0, true, OptionalDouble.of(error * 4 * scale), OptionalDouble.of(validation * 4 * scale));
        return frame(iteration, 1)
                .curvature(new CurvatureValues(List.of(largest), List.of(), "exact", 9, 0, Optional.empty()))
                .quantities(quantities)
                .build();
    }

    private Frame edge(long iteration, double ratio, double relativeError) {
        return eigenvalues(iteration, 1, relativeError, 0, 0)
                .quantities(Map.of("edge_of_stability", ratio))
                .build();
    }
}
