package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.analysis.AnalysisCost;
import org.thalweg.analysis.Effort;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Seeds;

/** Simulated training: the clock, and what points and products cost, are known. */
class OverheadGovernorTest {

    private static final Grid GRID = Grid.square(25, 1);

    private final long seed = Seeds.fresh("OverheadGovernorTest");
    private final Random random = new Random(seed);

    private final double secondsAPoint = 0.001 + 0.03 * random.nextDouble();
    private final double setup = 10 * secondsAPoint * random.nextDouble();
    private final double secondsAProduct = secondsAPoint * (3 + 10 * random.nextDouble());
    private final double otherSeconds = 0.2 * random.nextDouble();
    private final int products = 20 + random.nextInt(60);
    private final FrameCosts costs = new FrameCosts(GRID, 40);

    private final List<Effort> made = new ArrayList<>();
    private double now;
    private double begun;
    private double spent;

    @RepeatedTest(20)
    void aLongRunKeepsItsBudgetAndGetsWholeFrames() {
        double budget = 0.005 + 0.2 * random.nextDouble();
        double due = 1 + 10 * random.nextDouble();
        OverheadGovernor governor = governor(OptionalDouble.of(budget));
        double end = 200 * whole() / budget;
        while (now < end) {
            now += due;
            governor.plan().ifPresent(effort -> make(governor, effort));
        }
        assertThat(spent / now).as("seed %d", seed).isLessThan(budget + 2 * whole() / now);
        // At most one frame at each due time; credit beyond one whole frame is lost.
        double useful = Math.min(budget, whole() / (due + whole()));
        assertThat(spent / now).as("seed %d, what may be spent is used", seed).isGreaterThan(useful / 3);
        assertThat(made.get(made.size() - 1)).as("seed %d", seed).isEqualTo(Effort.FULL);
    }

    @Test
    void framesAreLeftOutBeforeTheyGetCoarser() {
        OverheadGovernor governor = governor(OptionalDouble.of(0.05));
        make(governor, Effort.FULL);
        paidOff();
        // Four dues earn a whole one.
        double due = 1.001 * whole() / 0.05 / 4;
        int left = 0;
        for (; made.size() == 1; left++) {
            now += due;
            governor.plan().ifPresent(effort -> make(governor, effort));
        }
        assertThat(left).as("seed %d", seed).isEqualTo(4);
        assertThat(made.get(1)).as("seed %d", seed).isEqualTo(Effort.FULL);
    }

    /** Costs are as expected before any frame was made, whatever the time before training, which is paid off by half. */
    @RepeatedTest(20)
    void framesComeBeforeTheStartIsPaidOff() {
        double budget = 0.02 + 0.1 * random.nextDouble();
        double least = setup + (9 + 40 * 8) * secondsAPoint;
        OverheadGovernor governor = governor(OptionalDouble.of(budget), 2 * least);
        governor.expect(expected(1));
        double affordable = begun + 2 * least / budget;
        for (int i = 0; i < 3; i++) {
            assertThat(governor.plan()).as("seed %d", seed).isEmpty();
        }
        now = affordable - 1e-6;
        assertThat(governor.plan().filter(effort -> effort.stride() == 1))
                .as("seed %d", seed)
                .isEmpty();
        now = affordable + 1e-6;
        assertThat(governor.plan()).as("seed %d", seed).contains(new Effort(1, 1, Integer.MAX_VALUE));
    }

    @Test
    void thenTheGridGivesWayThenTheProbeThenTheProductsAndTheSurfaceHasTheirTime() {
        List<Effort> chosen = new ArrayList<>();
        for (double affordable = whole();
                affordable > setup + 9 * secondsAPoint / 8 + otherSeconds;
                affordable *= 0.9) {
            chosen.add(afterPatience(affordable));
        }
        List<Effort> looked =
                chosen.stream().takeWhile(effort -> effort.products() > 0).toList();
        for (int i = 1; i < looked.size(); i++) {
            Effort less = looked.get(i);
            assertThat(givesWay(looked.get(i - 1), less))
                    .as("seed %d, %s", seed, chosen)
                    .isTrue();
            assertThat(less.fullCurvature() || less.stride() == 8)
                    .as("seed %d, %s", seed, chosen)
                    .isTrue();
        }
        List<Effort> surfaces = chosen.subList(looked.size(), chosen.size());
        assertThat(surfaces).as("seed %d, %s", seed, chosen).isNotEmpty().allMatch(effort -> effort.products() == 0);
        for (int i = 1; i < surfaces.size(); i++) {
            assertThat(givesWay(surfaces.get(i - 1), surfaces.get(i)))
                    .as("seed %d, %s", seed, chosen)
                    .isTrue();
        }
    }

    /** Whether nothing grew, and the grid was as coarse as it gets before the probe got smaller. */
    private static boolean givesWay(Effort more, Effort less) {
        return less.level() <= more.level()
                && less.stride() >= more.stride()
                && less.products() <= more.products()
                && (less.stride() == 1 || less.level() == 1);
    }

    /** What a governor that has just been patient gives out for some seconds. */
    private Effort afterPatience(double seconds) {
        now = 0;
        spent = 0;
        OverheadGovernor governor = governor(OptionalDouble.of(0.05));
        make(governor, Effort.FULL);
        paidOff();
        for (int i = 0; i < 3; i++) {
            assertThat(governor.plan()).isEmpty();
        }
        now += seconds / 0.05;
        return governor.plan().orElseThrow();
    }

    @Test
    void oneFrameIsInWorkAtATime() {
        OverheadGovernor governor = governor(OptionalDouble.of(0.5));
        now = 1e6;
        assertThat(governor.plan()).contains(Effort.FULL);
        governor.begun(0);
        now = 2e6;
        assertThat(governor.plan()).as("seed %d", seed).isEmpty();
        governor.spent(1);
        assertThat(governor.plan()).as("seed %d", seed).contains(Effort.FULL);
    }

    @Test
    void aPauseSavesUpForOneFrameOnly() {
        OverheadGovernor governor = governor(OptionalDouble.of(0.01));
        make(governor, Effort.FULL);
        now += 1e6;
        assertThat(governor.plan()).contains(Effort.FULL);
        make(governor, Effort.FULL);
        now += 1e-3;
        assertThat(governor.plan()).as("seed %d", seed).isEmpty();
    }

    @Test
    void withoutABudgetEveryFrameIsWhole() {
        OverheadGovernor governor = governor(OptionalDouble.empty());
        assertThat(governor.first()).isEqualTo(Effort.FULL);
        for (int i = 0; i < 10; i++) {
            assertThat(governor.plan()).contains(Effort.FULL);
        }
        assertThat(governor.quantities(Effort.FULL)).containsOnlyKeys("overhead");
    }

    @Test
    void whatWasChosenIsSaid() {
        OverheadGovernor governor = governor(OptionalDouble.of(0.05));
        now += 3 * now;
        Map<String, Double> quantities = governor.quantities(new Effort(2, 4, 0));
        assertThat(quantities).containsEntry("budget_grid", 5.0).containsEntry("budget_examples", 128.0);
        assertThat(quantities.get("overhead")).as("seed %d", seed).isCloseTo(0.25, within(1e-6));
        assertThat(governor.quantities(Effort.FULL)).containsEntry("budget_grid", 25.0);
    }

    private OverheadGovernor governor(OptionalDouble budget) {
        return governor(budget, whole() * random.nextDouble());
    }

    /** A governor when training begins, after a number of seconds. */
    private OverheadGovernor governor(OptionalDouble budget, double seconds) {
        OverheadGovernor governor = new OverheadGovernor(budget, costs, 510, () -> (long) (now * 1e9));
        now += seconds;
        begun = now;
        spent = now;
        // Wrong, until a frame has taught better.
        governor.expect(expected(0.5 + random.nextDouble()));
        governor.trainingBegins();
        return governor;
    }

    /** What points cost, and products about, by a factor. */
    private AnalysisCost expected(double factor) {
        return new AnalysisCost(factor * setup, factor * secondsAPoint, factor * 8 * secondsAPoint, 0);
    }

    /** Lets time go by until all that was spent with a budget of 0.05 has been earned. */
    private void paidOff() {
        now = begun + spent / 0.05;
    }

    private double whole() {
        return setup + GRID.size() * secondsAPoint + products * secondsAProduct + otherSeconds;
    }

    private void make(OverheadGovernor governor, Effort effort) {
        int side = new int[] {1, 3, 5, 9, 25}[Math.min(effort.level(), 4)];
        double surface = setup + side * side * secondsAPoint / effort.stride();
        int taken = Math.min(effort.products(), products);
        double curvature = taken * secondsAProduct;
        double total = surface + curvature + otherSeconds;
        governor.begun(0);
        now += total;
        spent += total;
        made.add(effort);
        governor.made(
                effort, frame(side, taken, Map.of("surface", surface, "curvature", curvature)), (long) (total * 1e9));
    }

    private static Frame frame(int side, int products, Map<String, Double> seconds) {
        double[] axis = new double[side];
        Arrays.setAll(axis, i -> i - side / 2);
        boolean[][] evaluated = new boolean[side][side];
        for (boolean[] row : evaluated) {
            Arrays.fill(row, true);
        }
        CurvatureValues curvature =
                new CurvatureValues(List.of(), List.of(), "exact", products, Double.NaN, Optional.of("not simulated"));
        return Frame.builder(1, 1)
                .loss(0, OptionalDouble.empty())
                .objective("simulated")
                .surface(new SurfaceValues(
                        axis,
                        axis,
                        evaluated,
                        new double[side][side],
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .curvature(curvature)
                .seconds(seconds)
                .build();
    }
}
