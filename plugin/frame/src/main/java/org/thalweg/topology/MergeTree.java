package org.thalweg.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SamplingBar;
import org.thalweg.frame.SurfaceValues;

/**
 * The merge tree of a surface: as a level rises, hollows appear at local minima and join at passes, where the one with the
 * higher minimum ends (the elder rule). Their depths are the surface's 0-dimensional persistence (H. Edelsbrunner and J. Harer,
 * "Computational topology", 2010, sections VI.1 and VII.1; for loss surfaces T. Xie et al., "Evaluating loss landscapes from a topology
 * perspective", 2024, arXiv 2411.09807): a surface with many deep hollows is rugged, whatever its height.
 *
 * <p>Only computed points count. Each is a neighbour of those around it, also diagonally, so a straight valley across the grid is
 * one hollow: the path of grid points along a quadratic valley of any direction rises above its floor by an eighth of the second
 * difference at most, and {@link Hollow#error} is a quarter of the deviation from linear interpolation, which is half of the second
 * difference. To this, it adds the rounding of losses in single precision. The minima are those of the function on the
 * probe, and of the plane: a point that is no minimum on a plane is none at all, but not the other way round.
 *
 * <p>Immutable.
 *
 * @since 0.2.0
 */
public final class MergeTree {

    /** Error of linear interpolation over a step, where the deviation is that over two steps. */
    private static final double QUARTER = 0.25;

    /** Relative error of a mean over many losses in single precision. */
    private static final double ROUNDING = 1e-6;

    private final List<Hollow> hollows;

    private MergeTree(List<Hollow> hollows) {
        this.hollows = List.copyOf(hollows);
    }

    /** The tree of a surface, of its computed points with a finite loss. */
    public static MergeTree of(SurfaceValues surface) {
        EvaluatedPoints points = new EvaluatedPoints(surface);
        Components components = new Components(points);
        IntStream.range(0, points.size())
                .filter(points::isKnown)
                .boxed()
                .sorted(Comparator.comparingDouble(points::loss).thenComparing(point -> point))
                .forEach(components::flood);
        return new MergeTree(components.hollows());
    }

    /**
     * The quantities of a frame's surface, {@code surface_minima} and {@code surface_persistence}: {@link #minima} and
     * {@link #totalPersistence} beyond the {@linkplain #samplingNoise sampling error}; none if no computed point has a finite loss.
     */
    public static Map<String, Double> quantities(Frame frame) {
        MergeTree tree = of(frame.surface());
        double noise = samplingNoise(frame);
        return tree.hollows.isEmpty()
                ? Map.of()
                : Map.of(
                        "surface_minima",
                        (double) tree.minima(noise),
                        "surface_persistence",
                        tree.totalPersistence(noise));
    }

    /** All hollows, the deepest first; those without a pass to a lower one come before all others. */
    public List<Hollow> hollows() {
        return hollows;
    }

    /**
     * The number of hollows with a minimum inside the surface that are deeper than their errors.
     *
     * @param noise error of a loss from other sources than the grid
     */
    public int minima(double noise) {
        return (int) hollows.stream()
                .filter(hollow -> !hollow.isOnRim() && hollow.isDeeperThan(noise))
                .count();
    }

    /**
     * The sum of the depths of all hollows that are deeper than their errors, without the lowest one, which has no pass: 0 for a
     * bowl.
     *
     * @param noise as in {@link #minima}
     */
    public double totalPersistence(double noise) {
        return hollows.stream()
                .filter(hollow -> Double.isFinite(hollow.death()) && hollow.isDeeperThan(noise))
                .mapToDouble(Hollow::persistence)
                .sum();
    }

    /**
     * The 95 % sampling error of the loss at a frame's parameters, where it is known, otherwise 0: hollows that are not deeper may
     * belong to the probe.
     */
    public static double samplingNoise(Frame frame) {
        return SamplingBar.of(frame.quantities().getOrDefault("loss_standard_error", 0.0));
    }

    /** A union-find structure whose components know their lowest point. */
    private static final class Components {

        private final EvaluatedPoints points;
        private final int[] parent;
        private final int[] lowest;

        /** By their lowest points, hollows that have ended: the lowest point of the hollow they joined, and the pass. */
        private final Map<Integer, int[]> ended = new HashMap<>();

        Components(EvaluatedPoints points) {
            this.points = points;
            this.parent = IntStream.range(0, points.size()).toArray();
            this.lowest = IntStream.range(0, points.size()).toArray();
        }

        /** Raises the level to a point, after all lower ones. */
        void flood(int point) {
            points.forEachNeighbour(point, neighbour -> {
                if (isLower(neighbour, point)) {
                    join(find(neighbour), find(point), point);
                }
            });
        }

        private void join(int one, int other, int pass) {
            if (one == other) {
                return;
            }
            boolean isOneElder = isLower(lowest[one], lowest[other]);
            int elder = isOneElder ? one : other;
            int younger = isOneElder ? other : one;
            if (points.loss(lowest[younger]) < points.loss(pass)) {
                ended.put(lowest[younger], new int[] {lowest[elder], pass});
            }
            parent[younger] = elder;
        }

        /** Points of the same loss are ordered by their numbers. */
        private boolean isLower(int a, int b) {
            int order = Double.compare(points.loss(a), points.loss(b));
            return order < 0 || (order == 0 && a < b);
        }

        private int find(int point) {
            int root = point;
            while (parent[root] != root) {
                parent[root] = parent[parent[root]];
                root = parent[root];
            }
            return root;
        }

        List<Hollow> hollows() {
            List<Integer> minima = Stream.concat(
                            IntStream.range(0, parent.length)
                                    .filter(point -> points.isKnown(point) && parent[point] == point)
                                    .mapToObj(root -> lowest[root]),
                            ended.keySet().stream())
                    .sorted(Comparator.comparingDouble((Integer minimum) -> -persistence(minimum))
                            .thenComparing(points::loss)
                            .thenComparing(minimum -> minimum))
                    .toList();
            Map<Integer, Integer> places = new HashMap<>();
            minima.forEach(minimum -> places.put(minimum, places.size()));
            List<Hollow> hollows = new ArrayList<>();
            for (int minimum : minima) {
                hollows.add(hollow(minimum, places));
            }
            return hollows;
        }

        private double persistence(int minimum) {
            int[] end = ended.get(minimum);
            return end == null ? Double.POSITIVE_INFINITY : points.loss(end[1]) - points.loss(minimum);
        }

        private Hollow hollow(int minimum, Map<Integer, Integer> places) {
            int columns = points.columns();
            int[] end = ended.get(minimum);
            double death = end == null ? Double.POSITIVE_INFINITY : points.loss(end[1]);
            return new Hollow(
                    minimum / columns,
                    minimum % columns,
                    points.isOnRim(minimum),
                    points.loss(minimum),
                    death,
                    end == null ? -1 : end[1] / columns,
                    end == null ? -1 : end[1] % columns,
                    end == null ? OptionalInt.empty() : OptionalInt.of(Objects.requireNonNull(places.get(end[0]))),
                    end == null ? 0 : Math.max(QUARTER * points.deviation(end[1]), ROUNDING * Math.abs(death)));
        }
    }
}
