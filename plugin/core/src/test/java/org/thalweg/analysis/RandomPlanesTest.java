package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.Normalization;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Probe;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Networks;
import org.thalweg.testing.SampledQuadratic;
import org.thalweg.testing.Seeds;
import org.thalweg.topology.PlaneComparison;

/** Planes through a quadratic, whose rises are known. */
class RandomPlanesTest {

    private static final int P = 20;

    private static final DirectionOptions PLAIN = DirectionOptions.DEFAULT.withNormalization(Normalization.NONE);

    private final long seed = Seeds.fresh("RandomPlanesTest");
    private final Random random = new Random(seed);
    private final INDArray theta = Networks.normal(random, P);
    private final Probe probe = SampledQuadratic.probe(random, 30, P);

    /** On a symmetric grid the gradient averages out, and so do products of the axes: half the curvatures times the mean square remain. */
    @Test
    void risesOfAQuadraticAreItsCurvaturesAlongTheDirections() {
        INDArray diagonal = Networks.normal(random, P).muli(Networks.normal(random, P));
        SampledQuadratic objective = SampledQuadratic.on(diagonal, probe);
        RandomPlanes planes = new RandomPlanes(12, 7, PLAIN, seed);
        Grid grid = Grid.square(25, 0.5 + random.nextDouble());
        DirectionPair drawn = new RandomDirections(seed - 1, PLAIN).at(DirectionContext.of(objective, theta));
        Map<String, Estimate> found = compare(planes, objective, drawn, grid);
        double[] coordinates = Grid.square(7, grid.alpha().to()).alpha().coordinates();
        double square = Arrays.stream(coordinates).map(a -> a * a).average().orElseThrow();
        double half = objective.weights().meanNumber().doubleValue() * square / 2;
        double[] rises = new double[12];
        for (int i = 0; i < rises.length; i++) {
            rises[i] = half
                    * curvature(
                            new RandomDirections(seed + i, PLAIN).at(DirectionContext.of(objective, theta)), diagonal);
        }
        double own = half * curvature(drawn, diagonal);
        EstimateValues rise = values(found, "rise");
        double[] values = Objects.requireNonNull(rise.arrays().get("values"));
        double size = Arrays.stream(rises).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < rises.length; i++) {
            assertThat(values[i]).as("plane %d, seed %d", i, seed).isCloseTo(rises[i], within(1e-9 * size));
        }
        Map<String, Double> numbers = rise.numbers();
        assertThat(numbers.get("drawn")).as("seed %d", seed).isCloseTo(own, within(1e-9 * size));
        assertThat(numbers.get("mean")).as("seed %d", seed).isCloseTo(new Mean().evaluate(rises), within(1e-9 * size));
        assertThat(numbers.get("standard_deviation"))
                .as("seed %d", seed)
                .isCloseTo(new StandardDeviation().evaluate(rises), within(1e-9 * size));
        assertThat(numbers.get("rank"))
                .as("seed %d", seed)
                .isEqualTo(Arrays.stream(rises).filter(x -> x < own).count() / 12.0);
    }

    private static double curvature(DirectionPair pair, INDArray diagonal) {
        return InnerProducts.dot(pair.delta(), pair.delta().mul(diagonal))
                + InnerProducts.dot(pair.eta(), pair.eta().mul(diagonal));
    }

    @Test
    void aBowlIsConvexOnAllPlanesAndAHillOnNone() {
        INDArray positive = Networks.normal(random, P);
        positive.muli(positive).addi(0.1);
        DirectionPair drawn = new RandomDirections(seed - 1, PLAIN)
                .at(DirectionContext.of(SampledQuadratic.on(positive, probe), theta));
        RandomPlanes planes = RandomPlanes.of(3).withDirections(PLAIN).withPoints(5);
        for (int sign : new int[] {1, -1}) {
            SampledQuadratic objective = SampledQuadratic.on(positive.mul(sign), probe);
            Map<String, Double> convexity = values(compare(planes, objective, drawn, Grid.square(9, 1)), "convexity")
                    .numbers();
            assertThat(convexity).as("seed %d", seed).containsEntry("mean", sign > 0 ? 1.0 : 0.0);
            assertThat(convexity).as("equal values have the rank in the middle").containsEntry("rank", 0.5);
        }
    }

    /** A plane across the only curved direction is unlike random ones of many flat ones. */
    @Test
    void aPlaneOfTheSharpestDirectionIsNotTypical() {
        INDArray diagonal = Networks.normal(random, P).muli(0.01);
        diagonal.putScalar(0, 1000);
        SampledQuadratic objective = SampledQuadratic.on(diagonal, probe);
        INDArray sharpest = theta.like();
        sharpest.putScalar(0, 10);
        DirectionPair drawn = new DirectionPair(sharpest, Networks.normal(random, P));
        RandomPlanes planes = RandomPlanes.of(20).withDirections(PLAIN).withSeed(seed);
        assertThat(comparison(planes, objective, drawn).isUntypical())
                .as("seed %d", seed)
                .isTrue();
        assertThat(comparison(planes, objective, drawn).words())
                .contains("on 20 random planes")
                .contains("100 % rise less");
        DirectionPair among = new RandomDirections(seed + 3, PLAIN).at(DirectionContext.of(objective, theta));
        assertThat(comparison(planes, objective, among).planes()).isEqualTo(20);
        assertThat(comparison(RandomPlanes.of(5).withDirections(PLAIN), objective, drawn)
                        .isUntypical())
                .as("five planes prove nothing")
                .isFalse();
    }

    private PlaneComparison comparison(RandomPlanes planes, SampledQuadratic objective, DirectionPair drawn) {
        CurvatureValues curvature = CurvatureValues.absent("exact", "off")
                .withEstimates(planes.compare(objective, theta, drawn, Grid.square(9, 1), () -> false));
        return PlaneComparison.of(curvature).orElseThrow();
    }

    @Test
    void whatIsStoppedHasNoResult() {
        SampledQuadratic objective = SampledQuadratic.on(theta.like().addi(1), probe);
        DirectionPair drawn = new RandomDirections(seed, PLAIN).at(DirectionContext.of(objective, theta));
        assertThat(RandomPlanes.of(2).compare(objective, theta, drawn, Grid.square(9, 1), () -> true))
                .isEmpty();
        assertThatThrownBy(() -> RandomPlanes.of(1))
                .hasMessageContaining("between 2 and 10000")
                .hasMessageContaining("got 1");
        assertThatThrownBy(() -> RandomPlanes.of(2).withPoints(3)).hasMessageContaining("between 5 and 101");
    }

    private static EstimateValues values(Map<String, Estimate> estimates, String name) {
        return Objects.requireNonNull(estimates.get(name), name).values();
    }

    private Map<String, Estimate> compare(
            RandomPlanes planes, SampledQuadratic objective, DirectionPair drawn, Grid grid) {
        List<Estimate> found = planes.compare(objective, theta, drawn, grid, () -> false);
        assertThat(found).extracting(Estimate::operator).containsOnly("planes");
        return found.stream().collect(Collectors.toMap(Estimate::estimator, estimate -> estimate));
    }
}
