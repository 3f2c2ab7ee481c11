package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

class TrajectoryGridTest {

    private final long seed = Seeds.fresh("TrajectoryGridTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @RepeatedTest(20)
    void holdsAllPointsWithRoomAndHasTheOrigin() {
        double[] alpha = random.doubles(random.nextInt(1, 20), -3, 5).toArray();
        double[] beta = random.doubles(alpha.length, 1e-3, 2e-3).toArray();
        int points = random.nextInt(3, 60);
        Grid grid = TrajectoryGrid.holding(alpha, beta, points);
        assertThat(grid.center()).as("%s, seed %d", grid, seed).isPresent();
        requireRoom(grid.alpha(), alpha);
        requireRoom(grid.beta(), beta);
        assertThat(grid.size()).isEqualTo(points * points);
    }

    /** At least 15 % of the span more on either side, and not many times what is needed. */
    private void requireRoom(Axis axis, double[] coordinates) {
        double low = DoubleStream.of(coordinates).reduce(0, Math::min);
        double high = DoubleStream.of(coordinates).reduce(0, Math::max);
        double room = 0.15 * (high - low) * (1 - 1e-12);
        assertThat(axis.from()).as("%s, seed %d", axis, seed).isLessThanOrEqualTo(low - room);
        assertThat(axis.to()).as("%s, seed %d", axis, seed).isGreaterThanOrEqualTo(high + room);
        // With three points, 0 is the middle: as much on the other side as on this.
        assertThat(axis.to() - axis.from()).as("%s, seed %d", axis, seed).isLessThan(2.7 * (high - low));
    }

    @Test
    void commonSizesHaveCoarserLevels() {
        for (int points : new int[] {25, 41, 51, 101}) {
            Grid grid = TrajectoryGrid.holding(new double[] {-1, 3.3}, new double[] {0.2, 2}, points);
            assertThat(grid.alpha().strides()).as("%d points", points).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aRunThatStaysAtTheOriginHasAPlaceToo() {
        Grid grid = TrajectoryGrid.holding(new double[] {0, 0}, new double[] {0, 0}, 9);
        assertThat(grid.alpha().from()).isNegative();
        assertThat(grid.alpha().to()).isPositive();
    }

    @Test
    void whatCannotBeHeldIsRefused() {
        double[] points = {0, 1};
        assertThatThrownBy(() -> TrajectoryGrid.holding(points, points, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 points, got 2");
        assertThatThrownBy(() -> TrajectoryGrid.holding(points, new double[] {0, Double.NaN}, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be finite");
    }
}
