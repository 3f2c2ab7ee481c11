package org.thalweg.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.finding.Course.Departure;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TraceValue;
import org.thalweg.testing.Seeds;

/** Numbers that keep their course, and numbers that leave it at a known frame. */
class CourseFindingsTest {

    private static final int FRAMES = 120;
    private static final int RUNS = 200;
    private static final int CHANGE = 60;

    private final long seed = Seeds.fresh("CourseFindingsTest");
    private final Random random = new Random(seed);

    /** A trend, a decay and noise are courses: in 200 runs of each, at most one frame in a thousand is an alarm. */
    @Test
    void whatDriftsSteadilyKeepsItsCourse() {
        assertThat(alarms(t -> 0.03 * t)).as("growth, seed %d", seed).isLessThan(RUNS * FRAMES / 1000);
        assertThat(alarms(t -> 4 * Math.exp(-t / 10.0)))
                .as("decay, seed %d", seed)
                .isLessThan(RUNS * FRAMES / 1000);
        assertThat(alarms(t -> 0)).as("noise, seed %d", seed).isLessThan(RUNS * FRAMES / 1000);
    }

    private int alarms(IntToDoubleFunction logarithm) {
        return IntStream.range(0, RUNS)
                .map(run -> departures(logarithm, 0).size())
                .sum();
    }

    /** A number that triples, or falls to a third, is noticed within four frames, and the frame before is named. */
    @Test
    void aChangeOfLevelIsNoticedWithItsTime() {
        int noticed = 0;
        for (int run = 0; run < RUNS; run++) {
            double factor = random.nextBoolean() ? 3 : 1.0 / 3;
            noticed += (int) departures(t -> t < CHANGE ? 0 : Math.log(factor), 0).stream()
                    .filter(departure -> departure.to().iteration() >= CHANGE
                            && departure.to().iteration() < CHANGE + 4
                            && departure.from().iteration() < CHANGE
                            && departure.from().iteration() > CHANGE - 6
                            && (departure.to().value() > departure.from().value()) == (factor > 1))
                    .count();
        }
        assertThat(noticed).as("of %d changes, seed %d", RUNS, seed).isGreaterThan(RUNS * 95 / 100);
    }

    /** Within its own error a number may jump as it likes; and a single frame is no departure. */
    @Test
    void errorsAndSingleFramesRaiseNoAlarm() {
        int uncertain = 0;
        int single = 0;
        for (int run = 0; run < RUNS; run++) {
            uncertain += departures(t -> t < CHANGE ? 0 : Math.log(3), 2).size();
            single += departures(t -> t == CHANGE ? Math.log(100) : 0, 0).size();
        }
        assertThat(uncertain).as("seed %d", seed).isLessThan(RUNS / 50);
        assertThat(single).as("seed %d", seed).isLessThan(RUNS / 50);
    }

    private List<Departure> departures(IntToDoubleFunction logarithm, double error) {
        List<Departure> found = new ArrayList<>();
        Course course = Course.from(0, value(logarithm, 0));
        for (int t = 1; t < FRAMES; t++) {
            course = course.next(t, value(logarithm, t), error);
            course.left().ifPresent(found::add);
        }
        return found;
    }

    private double value(IntToDoubleFunction logarithm, int t) {
        return Math.exp(logarithm.applyAsDouble(t) + 0.05 * random.nextGaussian());
    }

    /** The finding names the layer, the values and the iteration, once. */
    @Test
    void theFindingNamesTheLayerAndTheTime() {
        RunFindings findings = new RunFindings();
        List<Finding> found = new ArrayList<>();
        List<Long> when = new ArrayList<>();
        for (int t = 0; t < 40; t++) {
            double ofLayer = (t < 30 ? 2 : 10) * Math.exp(0.02 * random.nextGaussian());
            for (Finding finding : findings.at(frame(10L * t, ofLayer))) {
                if (finding.kind().equals("off_course")) {
                    found.add(finding);
                    when.add(10L * t);
                }
            }
        }
        assertThat(found).as("seed %d", seed).hasSize(1);
        assertThat(when.get(0)).as("seed %d", seed).isBetween(300L, 330L);
        assertThat(found.get(0).words())
                .matches("Off course: the trace of layer conv went from .* to .* since iteration 2\\d0\\.");
        assertThat(found.get(0).numbers().get("to")).as("seed %d", seed).isBetween(9.0, 11.0);
    }

    private static Frame frame(long iteration, double ofLayer) {
        Eigenvalue top = new Eigenvalue(4, 0, true);
        LayerCurvatureValues layer = new LayerCurvatureValues(
                "conv",
                10,
                top,
                new Eigenvalue(0, 0, true),
                Optional.of(new TraceValue(ofLayer, 0, "hutchinson", 5, 5)));
        double[] axis = {-1, 0, 1};
        return Frame.builder(iteration, 0)
                .loss(1, OptionalDouble.empty())
                .surface(new SurfaceValues(
                        axis,
                        axis,
                        new boolean[3][3],
                        new double[3][3],
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .curvature(new CurvatureValues(
                        List.of(top),
                        List.of(),
                        "exact",
                        9,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(layer),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        List.of()))
                .build();
    }
}
