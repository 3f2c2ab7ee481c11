package org.thalweg.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.RunProvenance;
import org.thalweg.testing.RandomFrames;

/** What holds for findings of all kinds: healthy frames have none to speak of, thresholds have a margin, and words are sentences. */
class RunFindingsTest extends FindingFrames {

    @Test
    void aHealthyFrameSaysThatItIsABowl() {
        List<Finding> found = new RunFindings().at(frame(0, 1).build());
        assertThat(found).as("seed %d", seed).extracting(Finding::kind).containsExactly("convex");
    }

    @Test
    void aPlaneOfTrainedNetworksHasNone() {
        Frame frame = frame(0, 1).build();
        assertThat(RunFindings.of(provenance("random")).at(frame))
                .as("seed %d", seed)
                .isEqualTo(new RunFindings().at(frame))
                .isNotEmpty();
        assertThat(RunFindings.of(provenance(ConnectionStudy.PLANE)).at(frame)).isEmpty();
    }

    private static RunProvenance provenance(String plane) {
        return new RunProvenance(
                "run", Map.of(), "CPU", "compiled", "{}", List.of(), "DOUBLE", Map.of("plane", plane), List.of(), "");
    }

    /**
     * A number that comes to a threshold and goes back slowly: not found before it, found beyond it, still found a little short of
     * it, and no longer further away.
     */
    @ParameterizedTest
    @CsvSource({
        "convex, 0.011, 0.009, 0.011, 0.014",
        "sharpness, 1.9, 2.1, 1.9, 1.7",
        "asymmetric, 9e-4, 1.1e-3, 9e-4, 7e-4",
        "dead_layer, 1.1e-7, 0.9e-7, 1.1e-7, 1.4e-7",
        "flat, 0.011, 0.009, 0.011, 0.014",
        "lower_ground, 0.045, 0.055, 0.045, 0.035",
        "coarse, 0.045, 0.055, 0.045, 0.035"
    })
    void whatHoversAtAThresholdStaysFound(String kind, double near, double beyond, double back, double away) {
        RunFindings findings = new RunFindings();
        findings.at(eigenvalues(0, 1, 0, -0.05, 0).build());
        findings.at(eigenvalues(5, 1.4, 0, -0.05, 0).build());
        double[] values = {near, beyond, back, away};
        boolean[] expected = {false, true, true, false};
        for (int i = 0; i < values.length; i++) {
            assertThat(kinds(findings.at(hovering(kind, 10L * (i + 1), values[i])))
                            .contains(kind))
                    .as("%s at %s, number %d, seed %d", kind, values[i], i, seed)
                    .isEqualTo(expected[i]);
        }
    }

    /** A frame whose number for a kind of finding is {@code value}, relative to what it is compared with. */
    private Frame hovering(String kind, long iteration, double value) {
        return switch (kind) {
            case "convex" -> eigenvalues(iteration, 1, 0, -value, 0).build();
            case "sharpness" -> eigenvalues(iteration, value, 0, 0, 0).build();
            case "asymmetric" -> asymmetric(iteration, value);
            case "dead_layer" -> layers(iteration, value);
            case "flat" -> rising(iteration, (a, b) -> 1 + value / 2 * (a * a + b * b));
            case "lower_ground" -> rising(iteration, (a, b) -> 1 + value * a);
            case "coarse" -> rising(iteration, jagged(value));
            default -> throw new AssertionError(kind);
        };
    }

    /**
     * A slope with teeth of height c, up in one column and down in the next: its error is c sqrt(2) / 4, half of its points'
     * neighbours being a column's, and its range 1.75 + 2 c.
     */
    private static DoubleBinaryOperator jagged(double error) {
        double c = 1.75 * error / (Math.sqrt(2) / 4 - 2 * error);
        return (a, b) -> 10 + a + (Math.round(4 * (a + 1)) % 2 == 0 ? c : -c);
    }

    private Frame rising(long iteration, DoubleBinaryOperator loss) {
        return frame(iteration, 1)
                .surface(surface(9, (a, b) -> scale * loss.applyAsDouble(a, b), (a, b) -> true))
                .build();
    }

    private Frame asymmetric(long iteration, double asymmetry) {
        Eigenvalue largest = new Eigenvalue(scale, 0, true);
        return frame(iteration, 1)
                .curvature(new CurvatureValues(List.of(largest), List.of(), "exact", 9, asymmetry, Optional.empty()))
                .build();
    }

    /** Two layers, of which one has {@code ratio} times the other's curvature. */
    private Frame layers(long iteration, double ratio) {
        Eigenvalue zero = new Eigenvalue(0, 0, true);
        List<LayerCurvatureValues> layers = List.of(
                new LayerCurvatureValues("first", 9, new Eigenvalue(scale, 0, true), zero, Optional.empty()),
                new LayerCurvatureValues("second", 9, new Eigenvalue(ratio * scale, 0, true), zero, Optional.empty()));
        return frame(iteration, 1)
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(scale, 0, true)),
                        List.of(zero),
                        "exact",
                        9,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        layers,
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        List.of()))
                .build();
    }

    @RepeatedTest(50)
    void whateverAFrameMayBeItsFindingsAreSentences() {
        RandomFrames frames = new RandomFrames(random);
        RunFindings findings = new RunFindings();
        for (int i = 0; i < 10; i++) {
            List<Finding> found = findings.at(frames.frame(random.nextInt(5)));
            assertThat(found).as("seed %d", seed).extracting(Finding::kind).doesNotHaveDuplicates();
            assertThat(found)
                    .allSatisfy(finding -> assertThat(finding.words())
                            .as("seed %d", seed)
                            .matches("(?s)\\p{Lu}.*\\.")
                            .doesNotContain("null"));
            assertThat(found).isSortedAccordingTo((a, b) -> b.severity().compareTo(a.severity()));
        }
    }
}
