package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.analysis.AnalysisCost;
import org.thalweg.analysis.Effort;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Seeds;

class FrameCostsTest {

    private static final double POINT = 0.125;

    private final long seed = Seeds.fresh("FrameCostsTest");
    private final Random random = new Random(seed);

    /** A whole surface costs as many points as the last one needed; coarser ones are computed in full. */
    @Test
    void interpolatedPointsCostNothing() {
        FrameCosts costs = new FrameCosts(Grid.DEFAULT, 0);
        costs.expect(new AnalysisCost(0, POINT, 0, 0));
        assertThat(costs.of(Effort.FULL)).isCloseTo(625 * POINT, within(1e-9));
        int needed = 100 + random.nextInt(400);
        costs.learn(Effort.FULL, frame(needed, true), needed * POINT);
        assertThat(costs.of(Effort.FULL)).as("seed %d", seed).isCloseTo(needed * POINT, within(1e-9));
        Effort coarser = new Effort(3, 1, 0);
        assertThat(costs.of(coarser)).as("seed %d", seed).isCloseTo(81 * POINT, within(1e-9));
        costs.learn(coarser, frame(81, false), 81 * POINT);
        assertThat(costs.of(Effort.FULL)).as("seed %d", seed).isCloseTo(needed * POINT, within(1e-9));
    }

    private static Frame frame(int computed, boolean interpolated) {
        double[] axis = Grid.DEFAULT.alpha().coordinates();
        boolean[][] evaluated = new boolean[25][25];
        for (int point = 0; point < computed; point++) {
            evaluated[point / 25][point % 25] = true;
        }
        SurfaceInterpolation errors = new SurfaceInterpolation(
                0.005, 0.004, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        return Frame.builder(1, 1)
                .loss(0, OptionalDouble.empty())
                .objective("simulated")
                .surface(new SurfaceValues(
                        axis,
                        axis,
                        evaluated,
                        new double[25][25],
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        interpolated ? Optional.of(errors) : Optional.empty()))
                .curvature(CurvatureValues.absent("exact", "not simulated"))
                .seconds(Map.of("surface", computed * POINT))
                .build();
    }
}
