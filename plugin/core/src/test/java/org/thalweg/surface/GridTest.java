package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.testing.Seeds;

class GridTest {

    private final long seed = Seeds.fresh("GridTest");
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 11, 23, 25, 51, 101})
    void levelsOfASquareAreSquares(int points) {
        int seen = 0;
        for (List<int[]> level : Grid.square(points, 1).levels()) {
            seen += level.size();
            int side = (int) Math.round(Math.sqrt(seen));
            assertThat(side * side).as("a square after each level").isEqualTo(seen);
        }
        assertThat(seen).isEqualTo(points * points);
    }

    @Test
    void levelsOfASquareAreTheChainOfDivisors() {
        assertThat(sides(25)).containsExactly(1, 3, 5, 9, 25);
        assertThat(sides(51)).containsExactly(1, 3, 11, 51);
    }

    /** Any rectangle: every point once, and after each level all crossings of some columns with some rows. */
    @RepeatedTest(20)
    void everyLevelIsACoarserGridWithTheCornersAndTheCentre() {
        Grid grid = new Grid(anyAxis(), anyAxis());
        Set<List<Integer>> seen = new HashSet<>();
        List<List<int[]>> levels = grid.levels();
        for (int level = 0; level < levels.size(); level++) {
            for (int[] point : levels.get(level)) {
                assertThat(seen.add(List.of(point[0], point[1])))
                        .as("seed %d, %s", seed, grid)
                        .isTrue();
            }
            Set<Integer> rows = seen.stream().map(point -> point.get(0)).collect(Collectors.toSet());
            Set<Integer> columns = seen.stream().map(point -> point.get(1)).collect(Collectors.toSet());
            assertThat(seen).as("seed %d, %s", seed, grid).hasSize(rows.size() * columns.size());
            grid.center()
                    .ifPresent(center ->
                            assertThat(seen).as("seed %d, %s", seed, grid).contains(List.of(center[0], center[1])));
            if (level > 0 || grid.center().isEmpty()) {
                assertThat(rows)
                        .as("seed %d, %s", seed, grid)
                        .contains(0, grid.beta().points() - 1);
                assertThat(columns)
                        .as("seed %d, %s", seed, grid)
                        .contains(0, grid.alpha().points() - 1);
            }
        }
        assertThat(seen).as("seed %d, %s", seed, grid).hasSize(grid.size());
    }

    @Test
    void anAxisWithFewerPointsGetsFinerFirst() {
        Grid grid = new Grid(Axis.symmetric(25, 1), Axis.symmetric(5, 1));
        assertThat(grid.levels().stream().map(List::size)).containsExactly(1, 8, 16, 20, 80);
    }

    @Test
    void zoomingKeepsTheCentre() {
        Grid grid = new Grid(new Axis(-1, 3, 41), Axis.symmetric(11, 0.5));
        assertThat(grid.zoomed(2)).isEqualTo(new Grid(new Axis(-0.5, 1.5, 41), Axis.symmetric(11, 0.25)));
        assertThat(grid.zoomed(7).center())
                .hasValueSatisfying(center -> assertThat(center).containsExactly(5, 10));
    }

    @Test
    void badGridsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> Grid.square(24, 1)).hasMessageContaining("odd").hasMessageContaining("got 24");
        assertThatThrownBy(() -> Grid.square(1, 1)).hasMessageContaining("got 1");
        assertThatThrownBy(() -> Grid.square(5, 0))
                .hasMessageContaining("positive")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> Grid.square(5, Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> new Grid(Axis.symmetric(5, 1), new Axis(0.5, 1, 3)).requireCenter())
                .hasMessageContaining("beta = 0")
                .hasMessageContaining("3 points on [0.5, 1.0]");
    }

    private Axis anyAxis() {
        int points = 2 + random.nextInt(40);
        return switch (random.nextInt(3)) {
            case 0 -> Axis.symmetric(points, 1);
            case 1 -> new Axis(0.3, 1, points);
            default -> new Axis(-1 - random.nextInt(points), random.nextInt(points), points);
        };
    }

    private static List<Integer> sides(int points) {
        int[] seen = {0};
        return Grid.square(points, 1).levels().stream()
                .map(level -> (int) Math.sqrt(seen[0] += level.size()))
                .toList();
    }
}
