package org.thalweg.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;

/** What surfaces show and lack, and the error of a grid in closed form. */
class SurfaceFindingsTest extends FindingFrames {

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

    @Test
    void aSurfaceWithOneLossEverywhereIsAWarning() {
        SurfaceValues one = surface(9, (a, b) -> scale, (a, b) -> true);
        Finding found = of(at(one), "constant");
        assertThat(found.words()).contains(Words.number(scale)).startsWith("The surface is constant");
        assertThat(found.severity()).isEqualTo(Finding.Severity.WARNING);
        Frame zero = frame(0, 1)
                .surface(one)
                .quantities(Map.of("parameter_norm", 0.0))
                .build();
        assertThat(of(new RunFindings().at(zero), "constant").words()).startsWith("All parameters are zero");
        assertThat(kinds(at(surface(9, (a, b) -> a == 0 && b == 0 ? scale * (1 + 1e-9) : scale, (a, b) -> true))))
                .as("seed %d", seed)
                .doesNotContain("constant");
        assertThat(kinds(at(surface(9, (a, b) -> scale, (a, b) -> a == 0 && b == 0))))
                .as("one point is no surface, seed %d", seed)
                .doesNotContain("constant");
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

    private List<Finding> at(SurfaceValues surface) {
        return new RunFindings().at(frame(0, 1).surface(surface).build());
    }
}
