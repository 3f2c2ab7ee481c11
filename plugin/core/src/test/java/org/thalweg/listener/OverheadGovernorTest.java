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
    private final double secondsAProduct = secondsAPoint * (3 + 10 * random.nextDouble());
    private final double otherSeconds = 0.2 * random.nextDouble();
    private final int products = 20 + random.nextInt(60);
    private final FrameCosts costs = new FrameCosts(GRID, 40);

    private final List<Effort> made = new ArrayList<>();
    private double now;
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
        // A frame at each due at most; and what is earned beyond a whole frame is lost.
        double useful = Math.min(budget, whole() / (due + whole()));
        assertThat(spent / now).as("seed %d, what may be spent is used", seed).isGreaterThan(useful / 3);
        assertThat(made.get(made.size() - 1)).as("seed %d", seed).isEqualTo(Effort.FULL);
    }

    @Test
    void framesAreLeftOutBeforeTheyGetCoarser() {
        OverheadGovernor governor = governor(OptionalDouble.of(0.05));
        make(governor, Effort.FULL);
        // When the debt of the two frames so far is paid, four dues earn a whole one.
        now = spent / 0.05;
        double due = 1.001 * whole() / 0.05 / 4;
        int left = 0;
        for (; made.size() == 2; left++) {
            now += due;
            governor.plan().ifPresent(effort -> make(governor, effort));
        }
        assertThat(left).as("seed %d", seed).isEqualTo(4);
        assertThat(made.get(2)).as("seed %d", seed).isEqualTo(Effort.FULL);
    }

    @Test
    void thenTheGridGivesWayThenTheProbeThenTheProducts() {
        List<Effort> chosen = new ArrayList<>();
        double affordable = whole();
        for (; chosen.size() < 40; affordable *= 0.9) {
            chosen.add(afterPatience(affordable));
        }
        for (int i = 1; i < chosen.size(); i++) {
            Effort more = chosen.get(i - 1);
            Effort less = chosen.get(i);
            assertThat(less.level()).as("seed %d, %s", seed, chosen).isLessThanOrEqualTo(more.level());
            assertThat(less.stride()).as("seed %d, %s", seed, chosen).isGreaterThanOrEqualTo(more.stride());
            assertThat(less.products()).as("seed %d, %s", seed, chosen).isLessThanOrEqualTo(more.products());
            assertThat(less.stride() == 1 || less.level() == 1)
                    .as("seed %d, %s", seed, chosen)
                    .isTrue();
            assertThat(less.fullCurvature() || less.stride() == 8)
                    .as("seed %d, %s", seed, chosen)
                    .isTrue();
        }
    }

    /** What a governor that has just been patient gives out for some seconds; the least there is for too few. */
    private Effort afterPatience(double seconds) {
        now = 0;
        spent = 0;
        OverheadGovernor governor = governor(OptionalDouble.of(0.05));
        make(governor, Effort.FULL);
        now = spent / 0.05;
        for (int i = 0; i < 3; i++) {
            assertThat(governor.plan()).isEmpty();
        }
        now += seconds / 0.05;
        return governor.plan().orElse(new Effort(1, 8, 0));
    }

    @Test
    void oneFrameIsInWorkAtATime() {
        OverheadGovernor governor = governor(OptionalDouble.of(0.5));
        now = 1e6;
        assertThat(governor.plan()).contains(Effort.FULL);
        governor.begun(0);
        now = 2e6;
        assertThat(governor.plan()).as("seed %d", seed).isEmpty();
        governor.failed(1);
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

    /** A governor after the frame before training. */
    private OverheadGovernor governor(OptionalDouble budget) {
        OverheadGovernor governor = new OverheadGovernor(budget, costs, 510, () -> (long) (now * 1e9));
        make(governor, governor.first());
        governor.allSpent();
        return governor;
    }

    private double whole() {
        return GRID.size() * secondsAPoint + products * secondsAProduct + otherSeconds;
    }

    private void make(OverheadGovernor governor, Effort effort) {
        int side = new int[] {1, 3, 5, 9, 25}[Math.min(effort.level(), 4)];
        double surface = side * side * secondsAPoint / effort.stride();
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
        boolean[][] evaluated = new boolean[side][side];
        for (boolean[] row : evaluated) {
            Arrays.fill(row, true);
        }
        CurvatureValues curvature =
                new CurvatureValues(List.of(), List.of(), "exact", products, Double.NaN, Optional.of("not simulated"));
        return new Frame(
                1,
                1,
                Frame.Status.COMPLETE,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "simulated",
                new SurfaceValues(
                        axis,
                        axis,
                        evaluated,
                        new double[side][side],
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                curvature,
                Map.of(),
                seconds,
                List.of(),
                List.of());
    }
}
