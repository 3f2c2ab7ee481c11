package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.spark.SparkOptions.Planes;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** In parts on two threads of this process, an objective equals the undivided one. */
class SparkObjectiveTest {

    private static final long SEED = Seeds.fresh("SparkObjectiveTest");

    private static final double[][] POINTS = {{0, 0}, {1, -0.5}, {-0.3, 0.2}, {0.7, 0.7}, {0, 1}};

    private static SparkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SparkCluster.connect(ClusterOptions.of("local[2]"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    static Stream<ClusterCase> cases() {
        return ClusterCase.all(SEED);
    }

    private static SparkOptions parts(int parts) {
        return SparkOptions.DEFAULT.withParts(parts);
    }

    private static SparkObjective onSpark(ClusterCase of, SparkOptions options) {
        return cluster.objective(of.model(), of.probe(), of.options(), options);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesGradientsAndProductsEqualOneMachines(ClusterCase of) {
        try (Objective local = of.local();
                Objective spark = onSpark(of, parts(3))) {
            INDArray theta = of.theta(local);
            assertThat(spark.name()).isEqualTo(local.name() + " on Spark");
            assertThat(spark.hessianMethod()).isEqualTo(local.hessianMethod());
            same(of, local.evaluate(theta), spark.evaluate(theta));
            same(of, local.gradient(theta), spark.gradient(theta));
            INDArray block = vectors(3, local, local.hessianAt(theta).dataType());
            try (LinearOperator one = local.hessianAt(theta);
                    LinearOperator many = spark.hessianAt(theta)) {
                assertThat(many.dataType()).isEqualTo(one.dataType());
                assertThat(many.defect()).isEqualTo(one.defect());
                same(of, one.multiply(block), many.multiply(block));
                same(of, one.multiply(block.getRow(1)), many.multiply(block.getRow(1)));
                // Evaluating in between leaves the operator open.
                spark.evaluate(theta);
                same(of, one.multiply(block), many.multiply(block));
            }
            Optional<LinearOperator> gaussNewton = local.gaussNewtonAt(theta);
            assertThat(spark.gaussNewtonAt(theta).isPresent()).isEqualTo(gaussNewton.isPresent());
            if (gaussNewton.isPresent()) {
                try (LinearOperator one = gaussNewton.get();
                        LinearOperator many = spark.gaussNewtonAt(theta).orElseThrow()) {
                    same(of, one.multiply(block), many.multiply(block));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void planesEqualOneMachinesByPartsAndByPoints(ClusterCase of) {
        for (Planes planes : List.of(Planes.PROBE, Planes.POINTS)) {
            try (Objective local = of.local();
                    Objective spark = onSpark(of, parts(2).withPlanes(planes))) {
                INDArray theta = of.theta(local);
                INDArray directions = vectors(2, local, local.dataType());
                for (Parameterization plane : List.of(
                        Parameterization.linear(
                                directions.getRow(0).dup(), directions.getRow(1).dup()),
                        new Bent(
                                directions.getRow(0).dup(), directions.getRow(1).dup()))) {
                    try (Slice one = local.slice(theta, plane);
                            Slice many = spark.slice(theta, plane)) {
                        ObjectiveValue[] expected = one.evaluate(POINTS);
                        ObjectiveValue[] found = many.evaluate(POINTS);
                        for (int i = 0; i < POINTS.length; i++) {
                            same(of, expected[i], found[i]);
                        }
                        same(of, one.evaluate(new double[][] {POINTS[1]})[0], found[1]);
                    }
                }
            }
        }
    }

    @Test
    void equalPartsGiveEqualBitsWhereverTheyAreSummed() {
        ClusterCase of = cases().findFirst().orElseThrow();
        try (Objective driver = onSpark(of, parts(5));
                Objective again = onSpark(of, parts(5));
                Objective executors = onSpark(of, parts(5).withDriverLimit(0))) {
            INDArray theta = of.theta(driver);
            INDArray vector = vectors(1, driver, driver.dataType()).getRow(0);
            assertThat(elements(again.gradient(theta))).as(seed()).isEqualTo(elements(driver.gradient(theta)));
            assertThat(elements(executors.gradient(theta))).as(seed()).isEqualTo(elements(driver.gradient(theta)));
            try (LinearOperator one = driver.hessianAt(theta);
                    LinearOperator other = executors.hessianAt(theta)) {
                assertThat(elements(other.multiply(vector))).as(seed()).isEqualTo(elements(one.multiply(vector)));
            }
        }
    }

    @Test
    void offersTheSameFunctionInDoublePrecision() {
        ClusterCase of = cases().skip(1).findFirst().orElseThrow();
        try (Objective local = of.local();
                Objective spark = onSpark(of, parts(2))) {
            INDArray theta = of.theta(local).castTo(DataType.DOUBLE);
            ObjectiveValue expected = local.inDouble().orElseThrow().evaluate(theta);
            assertThat(spark.inDouble().orElseThrow().evaluate(theta).loss())
                    .as(seed())
                    .isCloseTo(expected.loss(), within(1e-12 * expected.loss()));
        }
    }

    @Test
    void statisticsComeFromTheSnapshot() {
        ClusterCase of = cases().skip(2).findFirst().orElseThrow();
        INDArray flat = of.model().params().dup();
        Random random = new Random(SEED);
        for (long i = 0; i < flat.length(); i++) {
            flat.putScalar(i, flat.getDouble(i) + 0.1 * random.nextDouble());
        }
        ParameterSnapshot snapshot = new ParameterSnapshot(7, 1, flat);
        try (Objective local = of.local().withConstants(snapshot);
                Objective spark = onSpark(of, parts(3))) {
            INDArray theta = of.theta(local);
            ObjectiveValue before = spark.evaluate(theta);
            Objective moved = spark.withConstants(snapshot);
            same(of, local.evaluate(theta), moved.evaluate(theta));
            assertThat(moved.evaluate(theta).loss()).as(seed()).isNotEqualTo(before.loss());
            Probe other = Probe.of(Networks.data(11, SEED + 1, 1, 8, 8));
            same(
                    of,
                    local.withProbe(other).evaluate(theta),
                    moved.withProbe(other).evaluate(theta));
            same(
                    of,
                    local.inDouble().orElseThrow().evaluate(theta),
                    moved.inDouble().orElseThrow().evaluate(theta));
        }
    }

    /** Coefficients that differ from filter to filter. */
    private record Bent(INDArray delta, INDArray eta) implements Parameterization {
        @Override
        public List<INDArray> directions() {
            return List.of(delta, eta);
        }

        @Override
        public boolean uniform() {
            return false;
        }

        @Override
        public double[][] coefficients(double[] point, ParameterBlock block) {
            double[][] coefficients = new double[3][block.filters()];
            for (int filter = 0; filter < coefficients[0].length; filter++) {
                coefficients[0][filter] = 1 + 0.01 * filter * point[0];
                coefficients[1][filter] = point[0];
                coefficients[2][filter] = point[1] / (1 + filter);
            }
            return coefficients;
        }
    }

    private static INDArray vectors(int rows, Objective objective, DataType type) {
        return Networks.normal(new Random(SEED + 1), rows, objective.layout().parameters())
                .castTo(type);
    }

    private static double[] elements(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static String seed() {
        return "seed " + SEED;
    }

    private static void same(ClusterCase of, ObjectiveValue expected, ObjectiveValue found) {
        assertThat(found.loss())
                .as("%s of %s: loss", seed(), of)
                .isCloseTo(expected.loss(), within(of.tolerance() * Math.abs(expected.loss())));
        assertThat(found.accuracy().isPresent()).isEqualTo(expected.accuracy().isPresent());
        assertThat(found.accuracyOrNaN())
                .as("%s of %s: accuracy", seed(), of)
                .isCloseTo(expected.accuracyOrNaN(), within(1e-9));
    }

    private static void same(ClusterCase of, INDArray expected, INDArray found) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        double[] one = elements(expected);
        double[] other = elements(found);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < one.length; i++) {
            difference += Math.pow(one[i] - other[i], 2);
            norm += Math.pow(one[i], 2);
        }
        assertThat(Math.sqrt(difference / norm))
                .as("%s of %s: %s", seed(), of, Arrays.toString(expected.shape()))
                .isLessThan(of.tolerance());
    }
}
