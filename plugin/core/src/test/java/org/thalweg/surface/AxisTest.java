package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

class AxisTest {

    private final long seed = Seeds.fresh("AxisTest");
    private final Random random = new Random(seed);

    @RepeatedTest(20)
    void aSymmetricAxisIsExactlySymmetric() {
        int points = 2 + random.nextInt(100);
        double range = 3 * random.nextDouble() + 1e-3;
        double[] axis = Axis.symmetric(points, range).coordinates();
        assertThat(axis[0]).as("seed %d", seed).isEqualTo(-range);
        assertThat(axis[points - 1]).as("seed %d", seed).isEqualTo(range);
        for (int i = 0; i < points; i++) {
            assertThat(axis[i]).as("seed %d, point %d", seed, i).isEqualTo(-axis[points - 1 - i] + 0.0);
        }
    }

    /** Ends in decimal fractions, which binary ones only approximate. */
    @RepeatedTest(20)
    void anAxisThatContainsZeroHasItExactly() {
        int left = random.nextInt(30);
        int right = left == 0 ? 1 + random.nextInt(30) : random.nextInt(30);
        double step = (1 + random.nextInt(50)) / 100.0;
        Axis axis = new Axis(-left * step, right * step, left + right + 1);
        double[] coordinates = axis.coordinates();
        assertThat(axis.zero()).as("seed %d", seed).hasValue(left);
        assertThat(coordinates[left]).as("seed %d", seed).isEqualTo(0.0);
        for (int i = 0; i < coordinates.length; i++) {
            assertThat(coordinates[i]).as("seed %d, point %d", seed, i).isCloseTo((i - left) * step, within(1e-12));
        }
    }

    @Test
    void anAxisNeedNotContainZero() {
        Axis between = new Axis(-0.5, 1, 4);
        assertThat(between.zero()).hasValue(1);
        assertThat(new Axis(-0.5, 1, 5).zero()).isEmpty();
        assertThat(new Axis(0.25, 1.5, 6).coordinates())
                .containsExactly(new double[] {0.25, 0.5, 0.75, 1, 1.25, 1.5}, within(1e-15));
        assertThat(new Axis(0, 1, 3).coordinates()).containsExactly(0, 0.5, 1);
    }

    @Test
    void levelsEndWithAllPointsAndHaveTheEndsAndZero() {
        assertThat(new Axis(-0.5, 1.5, 401).strides()).containsExactly(100, 50, 25, 5, 1);
        assertThat(Axis.symmetric(25, 1).strides()).containsExactly(12, 6, 3, 1);
        assertThat(new Axis(1, 2, 7).strides()).as("without 0").containsExactly(6, 3, 1);
        assertThat(new Axis(-1, 1.5, 6).strides()).as("2 and 3 steps").containsExactly(1);
        Axis axis = new Axis(-1, 3, 41);
        Set<Integer> seen = new HashSet<>();
        for (List<Integer> level : axis.levels()) {
            assertThat(seen).doesNotContainAnyElementsOf(level);
            seen.addAll(level);
            assertThat(seen).contains(10);
        }
        assertThat(axis.levels().get(1)).contains(0, 40);
        assertThat(seen).hasSize(41);
    }

    @Test
    void zoomingKeepsZeroAndThePoints() {
        Axis axis = new Axis(-1, 3, 41).zoomed(4);
        assertThat(axis).isEqualTo(new Axis(-0.25, 0.75, 41));
        assertThat(axis.zero()).hasValue(10);
        assertThat(Arrays.stream(new Axis(-1, 3, 41).coordinates())
                        .map(x -> x / 4)
                        .toArray())
                .containsExactly(axis.coordinates(), within(1e-15));
    }

    @Test
    void badAxesAreRefusedWithTheirValues() {
        assertThatThrownBy(() -> new Axis(1, -1, 3)).hasMessageContaining("got 1.0 to -1.0");
        assertThatThrownBy(() -> new Axis(1, 1, 3)).hasMessageContaining("smaller to a larger");
        assertThatThrownBy(() -> new Axis(Double.NaN, 1, 3)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new Axis(0, 1, 1)).hasMessageContaining("at least 2 points, got 1");
        assertThatThrownBy(() -> Axis.symmetric(5, 0))
                .hasMessageContaining("positive")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> new Axis(0, 1, 3).zoomed(0)).hasMessageContaining("got 0.0");
    }
}
