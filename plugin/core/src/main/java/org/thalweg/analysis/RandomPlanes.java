package org.thalweg.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.internal.values.GridValues;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.EstimateValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.objective.Objective;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.topology.MergeTree;
import org.thalweg.topology.PlaneComparison;
import org.thalweg.topology.SurfaceRoughness;

/**
 * Random planes through the parameters, to say how typical the drawn one is: a surface is one plane of many, and what it shows
 * is a property of the network only as far as other planes show it, too. The drawn plane and each random one are evaluated on
 * the same coarse grid over the drawn surface's ranges, so that all numbers can be compared:
 *
 * <ul>
 *   <li>{@code rise}: mean of L(theta + alpha delta + beta eta) - L(theta) over the points with a finite loss;
 *   <li>{@code convexity}: share of the inner points at which the matrix of second differences has no negative eigenvalue, 0 to 1;
 *   <li>{@code persistence}: {@linkplain MergeTree#totalPersistence total depth} of all hollows but the lowest.
 * </ul>
 *
 * <p>Costs (planes + 1) points^2 evaluations. Immutable.
 *
 * @param planes number of random planes, 2 to 10,000
 * @param points points a side of the coarse grid, 5 to 101
 * @param directions scale of the random directions
 * @param seed of the first random plane; the next ones have the next seeds
 * @since 0.2.0
 */
public record RandomPlanes(int planes, int points, DirectionOptions directions, long seed) {

    /** Unlike the seed of drawn planes, so that these are not among the random ones. */
    private static final long SEED = 1_000_003;

    private static final int FEWEST = 2;
    private static final int MOST = 10_000;
    private static final int COARSEST = 5;
    private static final int FINEST = 101;

    public RandomPlanes {
        if (planes < FEWEST || planes > MOST) {
            throw new IllegalArgumentException("the number of random planes must be between " + FEWEST + " and " + MOST
                    + ", for a spread, got " + planes);
        }
        if (points < COARSEST || points > FINEST) {
            throw new IllegalArgumentException(
                    "random planes must have between " + COARSEST + " and " + FINEST + " points a side, got " + points);
        }
    }

    /** A number of planes on 9 x 9 points each, normalized by filter. */
    public static RandomPlanes of(int planes) {
        return new RandomPlanes(planes, 9, DirectionOptions.DEFAULT, SEED);
    }

    /** On another coarse grid. */
    public RandomPlanes withPoints(int points) {
        return new RandomPlanes(planes, points, directions, seed);
    }

    /** With directions of another scale. */
    public RandomPlanes withDirections(DirectionOptions directions) {
        return new RandomPlanes(planes, points, directions, seed);
    }

    /** Other planes. */
    public RandomPlanes withSeed(long seed) {
        return new RandomPlanes(planes, points, directions, seed);
    }

    /**
     * Compares a plane with random ones.
     *
     * @param theta the origin of all planes, packed, {@code [P]}
     * @param drawn the plane
     * @param grid of the drawn surface, for its ranges
     * @param stop called now and then; true ends the comparison without a result
     * @return an estimate for each number, of the operator {@value PlaneComparison#OPERATOR}: the drawn plane's value, mean and standard
     *     deviation of the random ones, and its {@code rank}, the share of them below it; without numbers that are not finite on
     *     two planes or more
     */
    public List<Estimate> compare(
            Objective objective, INDArray theta, DirectionPair drawn, Grid grid, BooleanSupplier stop) {
        Grid coarse = new Grid(coarse(grid.alpha()), coarse(grid.beta()));
        double here = objective.evaluate(theta).loss();
        // In the order in which files list them.
        Map<String, double[]> values = new TreeMap<>();
        for (int plane = 0; plane <= planes; plane++) {
            if (stop.getAsBoolean()) {
                return List.of();
            }
            Map<String, Double> numbers = plane == planes
                    ? numbers(objective, theta, drawn, coarse, here)
                    : ofRandom(objective, theta, seed + plane, coarse, here);
            for (Map.Entry<String, Double> number : numbers.entrySet()) {
                values.computeIfAbsent(number.getKey(), name -> new double[planes + 1])[plane] = number.getValue();
            }
        }
        List<Estimate> estimates = new ArrayList<>();
        values.forEach((name, of) -> {
            double[] random =
                    Arrays.stream(of, 0, planes).filter(Double::isFinite).toArray();
            if (random.length >= FEWEST && Double.isFinite(of[planes])) {
                estimates.add(new Estimate(PlaneComparison.OPERATOR, name, spread(of[planes], random)));
            }
        });
        return estimates;
    }

    private Axis coarse(Axis axis) {
        return new Axis(axis.from(), axis.to(), points);
    }

    private Map<String, Double> ofRandom(Objective objective, INDArray theta, long of, Grid grid, double here) {
        DirectionPair random = new RandomDirections(of, directions).at(DirectionContext.of(objective, theta));
        try {
            return numbers(objective, theta, random, grid, here);
        } finally {
            random.close();
        }
    }

    private static Map<String, Double> numbers(
            Objective objective, INDArray theta, DirectionPair directions, Grid grid, double here) {
        LossSurface surface = new SurfaceEvaluator(objective, null).evaluate(grid, theta, directions, () -> false);
        SurfaceValues values = GridValues.of(surface);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put(
                PlaneComparison.RISE,
                Arrays.stream(values.loss())
                                .flatMapToDouble(Arrays::stream)
                                .filter(Double::isFinite)
                                .average()
                                .orElse(Double.NaN)
                        - here);
        numbers.put("convexity", 1 - new SurfaceRoughness(values.loss()).shareNotConvex());
        numbers.put("persistence", MergeTree.of(values).totalPersistence(0));
        return numbers;
    }

    /** Equal values count half towards the rank. */
    private static EstimateValues spread(double drawn, double[] random) {
        double mean = Arrays.stream(random).average().orElseThrow();
        double squares = Arrays.stream(random).map(x -> (x - mean) * (x - mean)).sum();
        double below = Arrays.stream(random)
                .map(x -> x < drawn ? 1 : x == drawn ? 0.5 : 0)
                .sum();
        return new EstimateValues(
                Map.of(
                        "drawn",
                        drawn,
                        "mean",
                        mean,
                        "standard_deviation",
                        Math.sqrt(squares / (random.length - 1)),
                        "rank",
                        below / random.length,
                        "planes",
                        (double) random.length),
                Map.of("values", random));
    }
}
