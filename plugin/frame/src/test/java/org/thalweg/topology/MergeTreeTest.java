package org.thalweg.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Surfaces whose hollows are known, and grids of which scipy finds them from the definition. */
class MergeTreeTest {

    private final long seed = Seeds.fresh("MergeTreeTest");
    private final Random random = new Random(seed);

    @Test
    void aBowlHasOneMinimum() {
        double a = 0.1 + random.nextDouble();
        double b = 0.1 + random.nextDouble();
        double mixed = 1.8 * (random.nextDouble() - 0.5) * Math.sqrt(a * b);
        MergeTree bowl = MergeTree.of(surface(21, (x, y) -> 3 + a * x * x + 2 * mixed * x * y + b * y * y));
        assertThat(bowl.minima(0)).as("seed %d", seed).isEqualTo(1);
        assertThat(bowl.totalPersistence(0)).as("seed %d", seed).isZero();
        assertThat(bowl.hollows().get(0).death()).isInfinite();
        assertThat(new int[] {bowl.hollows().get(0).row(), bowl.hollows().get(0).column()})
                .as("seed %d", seed)
                .containsExactly(10, 10);
    }

    @Test
    void aSlopeHasNone() {
        double angle = 2 * Math.PI * random.nextDouble();
        MergeTree slope = MergeTree.of(surface(15, (x, y) -> 5 + Math.cos(angle) * x + Math.sin(angle) * y));
        assertThat(slope.minima(0)).as("seed %d", seed).isZero();
        assertThat(slope.totalPersistence(0)).as("seed %d", seed).isZero();
        assertThat(slope.hollows().get(0).isOnRim()).as("seed %d", seed).isTrue();
    }

    /** Minima of -2 at the four points with |x| = |y| = 1/2, passes of height 0 between them. */
    @Test
    void anEggBoxHasFourAsDeepAsItsPasses() {
        double height = Math.exp(3 * random.nextGaussian());
        MergeTree eggs = MergeTree.of(surface(
                33, (x, y) -> height * (-Math.cos(2 * Math.PI * (x - 0.5)) - Math.cos(2 * Math.PI * (y - 0.5)))));
        assertThat(eggs.minima(0)).as("seed %d", seed).isEqualTo(4);
        assertThat(eggs.totalPersistence(0)).as("seed %d", seed).isCloseTo(6 * height, within(1e-9 * height));
        assertThat(eggs.minima(2.01 * height))
                .as("the lowest has no pass, seed %d", seed)
                .isEqualTo(1);
        for (Hollow hollow : eggs.hollows().subList(1, 4)) {
            assertThat(hollow.death()).as("seed %d", seed).isCloseTo(0, within(1e-9 * height));
            assertThat(hollow.parent().orElseThrow()).as("seed %d", seed).isBetween(0, 3);
        }
    }

    /** Of three hollows in a row, the middle one lowest, the others join it at their own passes. */
    @Test
    void hollowsJoinTheLowerOneNextToThem() {
        double[] profile = {9, 2, 5, 1, 7, 3, 9};
        MergeTree tree = MergeTree.of(surface(7, (x, y) -> profile[(int) Math.round(3 * (x + 1))] + 10 * y * y));
        assertThat(tree.hollows()).extracting(Hollow::birth).containsExactly(1.0, 3.0, 2.0);
        assertThat(tree.hollows()).extracting(Hollow::death).containsExactly(Double.POSITIVE_INFINITY, 7.0, 5.0);
        assertThat(tree.hollows().subList(1, 3))
                .allSatisfy(hollow -> assertThat(hollow.parent()).hasValue(0));
    }

    /** A straight quadratic valley of any direction and width is one hollow at most, whatever the points along it look like. */
    @RepeatedTest(20)
    void aValleyAcrossTheGridIsOneHollow() {
        double angle = Math.PI * random.nextDouble();
        double offset = 0.4 * random.nextGaussian();
        double steep = Math.exp(6 * random.nextDouble());
        double fall = random.nextDouble();
        MergeTree valley = MergeTree.of(surface(9 + 2 * random.nextInt(12), (x, y) -> {
            double across = Math.cos(angle) * x + Math.sin(angle) * y - offset;
            return 4 + steep * across * across + fall * (Math.cos(angle) * y - Math.sin(angle) * x);
        }));
        assertThat(valley.hollows().stream()
                        .filter(hollow -> hollow.isDeeperThan(0))
                        .count())
                .as("angle %f, offset %f, steepness %f, seed %d", angle, offset, steep, seed)
                .isEqualTo(1);
    }

    /** Left out points change nothing where the others are a grid themselves. */
    @Test
    void aCoarserGridAmongTheMissingPointsIsThatGrid() {
        double[][] coarse = new double[6][6];
        for (double[] row : coarse) {
            Arrays.setAll(row, i -> random.nextDouble());
        }
        int stride = 2 + random.nextInt(3);
        double[][] fine = new double[5 * stride + 1][5 * stride + 1];
        boolean[][] evaluated = new boolean[fine.length][fine.length];
        for (int row = 0; row < fine.length; row++) {
            for (int column = 0; column < fine.length; column++) {
                evaluated[row][column] = row % stride == 0 && column % stride == 0;
                // What is not computed must not count, whatever it holds.
                fine[row][column] =
                        evaluated[row][column] ? coarse[row / stride][column / stride] : -random.nextDouble();
            }
        }
        assertThat(bars(MergeTree.of(values(fine, evaluated))))
                .as("stride %d, seed %d", stride, seed)
                .isEqualTo(bars(MergeTree.of(values(coarse, all(6)))));
    }

    /** No way leads below a ridge through points that are left out. */
    @RepeatedTest(5)
    void aRidgeStaysOneWhereverPointsAreLeftOut() {
        int points = 21;
        SurfaceValues whole = surface(points, (x, y) -> x < 0.01 && x > -0.01 ? 9 : (Math.abs(x) - 0.5) * x);
        boolean[][] evaluated = new boolean[points][points];
        for (int row = 0; row < points; row++) {
            for (int column = 0; column < points; column++) {
                evaluated[row][column] = column == points / 2 || random.nextInt(3) == 0;
            }
        }
        MergeTree tree = MergeTree.of(values(whole.loss(), evaluated));
        assertThat(tree.hollows().stream().filter(hollow -> hollow.death() == 9))
                .as("seed %d", seed)
                .hasSize(1);
    }

    @Test
    void whatIsNotFiniteIsAWall() {
        double[][] loss = surface(9, (x, y) -> 1 + x * x + y * y).loss();
        for (double[] row : loss) {
            row[2] = random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        MergeTree tree = MergeTree.of(values(loss, all(9)));
        assertThat(tree.hollows()).extracting(Hollow::death).allMatch(death -> death == Double.POSITIVE_INFINITY);
        assertThat(tree.hollows()).as("seed %d", seed).hasSize(2);
        assertThat(tree.totalPersistence(0)).isZero();
        for (double[] row : loss) {
            Arrays.fill(row, Double.NaN);
        }
        assertThat(MergeTree.of(values(loss, all(9))).hollows()).isEmpty();
        assertThat(MergeTree.of(values(loss, new boolean[9][9])).hollows()).isEmpty();
    }

    @Test
    void scipyFindsTheSameHollowsLevelByLevel(@TempDir Path directory) throws IOException {
        List<String> files = new ArrayList<>();
        List<List<List<Double>>> ours = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int size = 1 + random.nextInt(14);
            // Few values have ties, many have none.
            int values = i % 2 == 0 ? 6 : Integer.MAX_VALUE;
            double[][] loss = new double[size][size];
            for (double[] row : loss) {
                Arrays.setAll(row, j -> random.nextInt(12) == 0 ? Double.NaN : random.nextInt(values) - 2.5);
            }
            Path file = directory.resolve(i + ".csv");
            Files.write(
                    file,
                    Arrays.stream(loss)
                            .map(row -> Arrays.stream(row)
                                    .mapToObj(Double::toString)
                                    .collect(Collectors.joining(",")))
                            .toList());
            files.add(file.toString());
            ours.add(bars(MergeTree.of(values(loss, all(size)))));
        }
        List<String> theirs = Peers.python(
                        "/org/thalweg/topology/sublevel_bars.py", List.of("numpy", "scipy"), files.toArray())
                .lines()
                .toList();
        for (int i = 0; i < files.size(); i++) {
            List<List<Double>> expected = Arrays.stream(theirs.get(i).split(" "))
                    .filter(bar -> !bar.isEmpty())
                    .map(bar -> Arrays.stream(bar.split(":"))
                            .map(number -> Double.valueOf(number.replace("inf", "Infinity")))
                            .toList())
                    .toList();
            assertThat(ours.get(i)).as("grid %d, seed %d", i, seed).isEqualTo(expected);
        }
    }

    /** Birth and death of each hollow, by both. */
    private static List<List<Double>> bars(MergeTree tree) {
        return tree.hollows().stream()
                .map(hollow -> List.of(hollow.birth(), hollow.death()))
                .sorted(Comparator.comparing((List<Double> bar) -> bar.get(0)).thenComparing(bar -> bar.get(1)))
                .toList();
    }

    private static boolean[][] all(int points) {
        boolean[][] all = new boolean[points][points];
        for (boolean[] row : all) {
            Arrays.fill(row, true);
        }
        return all;
    }

    private static SurfaceValues surface(int points, DoubleBinaryOperator loss) {
        double[] axis = axis(points);
        double[][] losses = new double[points][points];
        for (int row = 0; row < points; row++) {
            for (int column = 0; column < points; column++) {
                losses[row][column] = loss.applyAsDouble(axis[column], axis[row]);
            }
        }
        return values(losses, all(points));
    }

    private static SurfaceValues values(double[][] loss, boolean[][] evaluated) {
        double[] axis = axis(loss.length);
        return new SurfaceValues(axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static double[] axis(int points) {
        return IntStream.range(0, points)
                .mapToDouble(i -> points == 1 ? 0 : -1 + 2.0 * i / (points - 1))
                .toArray();
    }
}
