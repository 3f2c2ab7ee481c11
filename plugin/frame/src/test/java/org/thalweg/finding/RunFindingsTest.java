package org.thalweg.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** Each finding on a frame just beyond its threshold, and not on one just within. */
class RunFindingsTest {

    private final long seed = Seeds.fresh("RunFindingsTest");
    private final Random random = new Random(seed);

    /** A healthy scale, different each time: no finding depends on units. */
    private final double scale = Math.exp(4 * random.nextDouble() - 2);

    @Test
    void aHealthyFrameSaysThatItIsABowl() {
        List<Finding> found = new RunFindings().at(frame(0, 1).build());
        assertThat(found).as("seed %d", seed).extracting(Finding::kind).containsExactly("convex");
    }

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

    @Test
    void surfacesSayWhatTheyLack() {
        SurfaceValues few = surface(3, (a, b) -> scale * (1 + a * a + b * b), (a, b) -> true);
        assertThat(kinds(at(few))).contains("coarse").doesNotContain("partial");
        SurfaceValues part = surface(9, (a, b) -> scale * (1 + a * a + b * b), (a, b) -> a < 0.9);
        assertThat(of(at(part), "partial").words()).contains("72 of 81 points");
        SurfaceValues hole = surface(9, (a, b) -> a > 0.9 ? Double.NaN : scale * (1 + a * a + b * b), (a, b) -> true);
        assertThat(of(at(hole), "not_finite").words()).contains("at 9 points");
    }

    @Test
    void coarsenessIsTheErrorBetweenPoints() {
        // Nearly 2.5 pi a step of 9 points; at a multiple of pi all of them would have the same value.
        double steep = 30.9 + random.nextDouble();
        DoubleBinaryOperator ravine = (a, b) -> scale * (1 + Math.abs(Math.sin(steep * a)));
        assertThat(kinds(at(surface(9, ravine, (a, b) -> true)))).contains("coarse");
        assertThat(kinds(at(surface(401, ravine, (a, b) -> true)))).doesNotContain("coarse");
    }

    /** On a parabola the error in the middle of a cell is a h^2 / 4. */
    @RepeatedTest(5)
    void theErrorOfAGridIsExactOnAParabola() {
        int points = 5 + 2 * random.nextInt(20);
        double h = 2.0 / (points - 1);
        SurfaceValues bowl = surface(points, (a, b) -> scale * (a * a + b * b), (a, b) -> true);
        assertThat(GridError.of(bowl)).as("seed %d", seed).isCloseTo(scale * h * h / 4, within(1e-9 * scale));
    }

    @Test
    void aFlatPlaneAndLowerGroundAreSaid() {
        assertThat(kinds(at(surface(9, (a, b) -> scale * (1 + 0.002 * (a * a + b * b)), (a, b) -> true))))
                .contains("flat");
        DoubleBinaryOperator slope = (a, b) -> scale * (1 + a / 4);
        assertThat(of(at(surface(9, slope, (a, b) -> true)), "lower_ground").words())
                .contains("25 %")
                .contains("α −1");
        Frame moving = frame(0, 1)
                .surface(surface(9, slope, (a, b) -> true))
                .quantities(Map.of("trajectory_alpha", -1.0))
                .build();
        assertThat(kinds(new RunFindings().at(moving))).doesNotContain("lower_ground");
    }

    /** Four hollows, 2 deep, but for the probe's error. */
    @Test
    void separateHollowsAreCountedBeyondTheirErrors() {
        SurfaceValues eggs = surface(
                33, (a, b) -> scale * (3 + Math.cos(2 * Math.PI * a) + Math.cos(2 * Math.PI * b)), (a, b) -> true);
        assertThat(of(at(eggs), "hollows").words())
                .contains("4 separate hollows")
                .contains(Words.number(2 * scale));
        Frame noisy = frame(0, 1)
                .surface(eggs)
                .quantities(Map.of("loss_standard_error", scale))
                .build();
        assertThat(kinds(new RunFindings().at(noisy))).doesNotContain("hollows");
        assertThat(kinds(new RunFindings().at(frame(0, 1).build()))).doesNotContain("hollows");
    }

    @Test
    void sharpnessWithinItsSamplingErrorSaysNothing() {
        Frame at = sampled(0, 0.1, 1, Map.of("edge_of_stability", 1.0));
        assertThat(kinds(new RunFindings().at(at))).doesNotContain("edge_of_stability");
        assertThat(kinds(new RunFindings().at(sampled(0, 0.01, 1, Map.of("edge_of_stability", 1.0)))))
                .contains("edge_of_stability");
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

    @Test
    void validationLossMayBeLowestElsewhere() {
        assertThat(of(new RunFindings().at(valleys(0.5)), "valleys_apart").words())
                .contains("α 0.5");
        assertThat(kinds(new RunFindings().at(valleys(0)))).doesNotContain("valleys_apart");
    }

    /** A validation surface whose lowest point is at alpha = {@code place}. */
    private Frame valleys(double place) {
        SurfaceValues train = surface(9, (a, b) -> scale * (1 + a * a + b * b), (a, b) -> true);
        SurfaceValues held = surface(9, (a, b) -> scale * (1 + (a - place) * (a - place) + b * b), (a, b) -> true);
        return frame(0, 1)
                .surface(new SurfaceValues(
                        train.alpha(),
                        train.beta(),
                        train.evaluated(),
                        train.loss(),
                        Optional.empty(),
                        Optional.of(held.loss()),
                        Optional.empty()))
                .validationLoss(scale * (1 + place * place), OptionalDouble.empty())
                .build();
    }

    private Frame sampled(long iteration, double error, double validation, Map<String, Double> quantities) {
        Eigenvalue largest = new Eigenvalue(
                4 * scale, 0, true, OptionalDouble.of(error * 4 * scale), OptionalDouble.of(validation * 4 * scale));
        return frame(iteration, 1)
                .curvature(new CurvatureValues(List.of(largest), List.of(), "exact", 9, 0, Optional.empty()))
                .quantities(quantities)
                .build();
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

    private List<Finding> at(SurfaceValues surface) {
        return new RunFindings().at(frame(0, 1).surface(surface).build());
    }

    private Frame edge(long iteration, double ratio, double relativeError) {
        return eigenvalues(iteration, 1, relativeError, 0, 0)
                .quantities(Map.of("edge_of_stability", ratio))
                .build();
    }

    private Frame losses(long iteration, double train, double validation) {
        return frame(iteration, train)
                .validationLoss(validation * scale, OptionalDouble.empty())
                .build();
    }

    private FrameBuilder eigenvalues(long iteration, double max, double maxError, double min, double minError) {
        return frame(iteration, 1)
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(max * scale, maxError * scale, true)),
                        List.of(new Eigenvalue(min * scale, minError * scale, true)),
                        "exact",
                        9,
                        0,
                        Optional.empty()));
    }

    private FrameBuilder frame(long iteration, double loss) {
        return Frame.builder(iteration, 0)
                .loss(loss * scale, OptionalDouble.empty())
                .surface(surface(9, (a, b) -> loss * scale * (1 + a * a + 2 * b * b), (a, b) -> true))
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(4 * scale, 0, true)),
                        List.of(new Eigenvalue(0, 0, true)),
                        "exact",
                        9,
                        0,
                        Optional.empty()));
    }

    private static SurfaceValues surface(int points, DoubleBinaryOperator loss, Evaluated evaluated) {
        double[] axis = IntStream.range(0, points)
                .mapToDouble(i -> -1 + 2.0 * i / (points - 1))
                .toArray();
        boolean[][] computed = new boolean[points][points];
        double[][] losses = new double[points][points];
        for (int row = 0; row < points; row++) {
            Arrays.fill(losses[row], Double.NaN);
            for (int column = 0; column < points; column++) {
                computed[row][column] = evaluated.test(axis[column], axis[row]);
                if (computed[row][column]) {
                    losses[row][column] = loss.applyAsDouble(axis[column], axis[row]);
                }
            }
        }
        return new SurfaceValues(axis, axis, computed, losses, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private interface Evaluated {
        boolean test(double alpha, double beta);
    }

    private static List<String> kinds(List<Finding> found) {
        return found.stream().map(Finding::kind).toList();
    }

    private static Finding of(List<Finding> found, String kind) {
        return found.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + found));
    }
}
