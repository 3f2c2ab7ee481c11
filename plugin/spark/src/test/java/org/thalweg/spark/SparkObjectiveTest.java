package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.spark.SparkOptions.Planes;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/** In parts on two threads of this process, an objective is what it is in one piece. */
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

    static Stream<ClusterCase> subjects() {
        return ClusterCase.all(SEED);
    }

    private static SparkOptions parts(int parts) {
        return SparkOptions.DEFAULT.withParts(parts);
    }

    private static SparkObjective onSpark(ClusterCase subject, SparkOptions options) {
        return cluster.objective(subject.model(), subject.probe(), subject.options(), options);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void valuesGradientsAndProductsAreThoseOfOneMachine(ClusterCase subject) {
        try (Objective local = subject.local();
                Objective spark = onSpark(subject, parts(3))) {
            INDArray theta = subject.theta(local);
            assertThat(spark.name()).isEqualTo(local.name() + " on Spark");
            assertThat(spark.hessianMethod()).isEqualTo(local.hessianMethod());
            same(subject, local.evaluate(theta), spark.evaluate(theta));
            same(subject, local.gradient(theta), spark.gradient(theta));
            INDArray block = vectors(3, local, local.hessianAt(theta).dataType());
            try (Hessian one = local.hessianAt(theta);
                    Hessian many = spark.hessianAt(theta)) {
                assertThat(many.dataType()).isEqualTo(one.dataType());
                assertThat(many.defect()).isEqualTo(one.defect());
                same(subject, one.multiply(block), many.multiply(block));
                same(subject, one.multiply(block.getRow(1)), many.multiply(block.getRow(1)));
                // Values in between leave the operator open.
                spark.evaluate(theta);
                same(subject, one.multiply(block), many.multiply(block));
            }
            Optional<Hessian> gaussNewton = local.gaussNewtonAt(theta);
            assertThat(spark.gaussNewtonAt(theta).isPresent()).isEqualTo(gaussNewton.isPresent());
            if (gaussNewton.isPresent()) {
                try (Hessian one = gaussNewton.get();
                        Hessian many = spark.gaussNewtonAt(theta).orElseThrow()) {
                    same(subject, one.multiply(block), many.multiply(block));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void planesAreThoseOfOneMachineByPartsAndByPoints(ClusterCase subject) {
        for (Planes planes : List.of(Planes.PROBE, Planes.POINTS)) {
            try (Objective local = subject.local();
                    Objective spark = onSpark(subject, parts(2).withPlanes(planes))) {
                INDArray theta = subject.theta(local);
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
                            same(subject, expected[i], found[i]);
                        }
                        same(subject, one.evaluate(new double[][] {POINTS[1]})[0], found[1]);
                    }
                }
            }
        }
    }

    @Test
    void theSamePartsGiveTheSameBitsWhoeverSumsThem() {
        ClusterCase subject = subjects().findFirst().orElseThrow();
        try (Objective driver = onSpark(subject, parts(5));
                Objective again = onSpark(subject, parts(5));
                Objective executors = onSpark(subject, parts(5).withDriverLimit(0))) {
            INDArray theta = subject.theta(driver);
            INDArray vector = vectors(1, driver, driver.dataType()).getRow(0);
            assertThat(elements(again.gradient(theta))).as(seed()).isEqualTo(elements(driver.gradient(theta)));
            assertThat(elements(executors.gradient(theta))).as(seed()).isEqualTo(elements(driver.gradient(theta)));
            try (Hessian one = driver.hessianAt(theta);
                    Hessian other = executors.hessianAt(theta)) {
                assertThat(elements(other.multiply(vector))).as(seed()).isEqualTo(elements(one.multiply(vector)));
            }
        }
    }

    @Test
    void theSameFunctionInDoublePrecisionIsThere() {
        ClusterCase subject = subjects().skip(1).findFirst().orElseThrow();
        try (Objective local = subject.local();
                Objective spark = onSpark(subject, parts(2))) {
            INDArray theta = subject.theta(local).castTo(DataType.DOUBLE);
            ObjectiveValue expected = local.inDouble().orElseThrow().evaluate(theta);
            assertThat(spark.inDouble().orElseThrow().evaluate(theta).loss())
                    .as(seed())
                    .isCloseTo(expected.loss(), within(1e-12 * expected.loss()));
        }
    }

    @Test
    void statisticsComeFromTheSnapshot() {
        ClusterCase subject = subjects().skip(2).findFirst().orElseThrow();
        INDArray flat = subject.model().params().dup();
        Random random = new Random(SEED);
        for (long i = 0; i < flat.length(); i++) {
            flat.putScalar(i, flat.getDouble(i) + 0.1 * random.nextDouble());
        }
        ParameterSnapshot snapshot = new ParameterSnapshot(7, 1, flat);
        try (Objective local = subject.local().withConstants(snapshot);
                Objective spark = onSpark(subject, parts(3))) {
            INDArray theta = subject.theta(local);
            ObjectiveValue before = spark.evaluate(theta);
            Objective moved = spark.withConstants(snapshot);
            same(subject, local.evaluate(theta), moved.evaluate(theta));
            assertThat(moved.evaluate(theta).loss()).as(seed()).isNotEqualTo(before.loss());
            Probe other = Probe.of(Networks.data(11, SEED + 1, 1, 8, 8));
            same(
                    subject,
                    local.withProbe(other).evaluate(theta),
                    moved.withProbe(other).evaluate(theta));
            same(
                    subject,
                    local.inDouble().orElseThrow().evaluate(theta),
                    moved.inDouble().orElseThrow().evaluate(theta));
        }
    }

    @Test
    void partsAreWholeBatches() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            int size = 1 + random.nextInt(1000);
            int batch = 1 + random.nextInt(100);
            int wanted = 1 + random.nextInt(20);
            List<int[]> ranges = Parts.ranges(size, wanted, batch);
            String context = seed() + ": " + size + " in batches of " + batch + ", " + wanted + " parts";
            assertThat(ranges).as(context).hasSize(Math.min(wanted, (size + batch - 1) / batch));
            int next = 0;
            for (int[] range : ranges) {
                assertThat(range[0]).as(context).isEqualTo(next);
                assertThat(range[0] % batch).as(context).isZero();
                assertThat(range[1]).as(context).isGreaterThan(range[0]);
                next = range[1];
            }
            assertThat(next).as(context).isEqualTo(size);
        }
    }

    /** Half the mean of x theta^2 over examples x: a user's own function of parameters and data. */
    private record Weighted() implements ObjectiveRecipe {
        @Override
        public Objective make(Probe part) {
            return new QuadraticObjective(part.features().get(0).mean(0));
        }
    }

    @Test
    void anObjectiveOfTheUsersOwnIsSpreadAsWell() {
        Probe probe = Probe.of(Networks.data(23, SEED, 6));
        try (SparkObjective spark = cluster.objective(new Weighted(), probe, parts(4))) {
            INDArray theta = Networks.normal(new Random(SEED), 6);
            Objective whole = new Weighted().make(probe);
            ObjectiveValue value = spark.evaluate(theta);
            assertThat(value.loss()).as(seed()).isCloseTo(whole.evaluate(theta).loss(), within(1e-12));
            assertThat(value.accuracy()).as(seed()).isEmpty();
        }
    }

    /** Counts how often it is made. */
    private record Counted() implements ObjectiveRecipe {

        static final AtomicInteger MADE = new AtomicInteger();

        @Override
        public Objective make(Probe part) {
            MADE.incrementAndGet();
            return new Weighted().make(part);
        }
    }

    @Test
    void partsAreMadeOnceAndKept() {
        Probe probe = Probe.of(Networks.data(23, SEED, 6));
        try (SparkObjective spark = cluster.objective(new Counted(), probe, parts(4).withPlanes(Planes.PROBE))) {
            assertThat(Counted.MADE).as("by the driver, for the layout").hasValue(1);
            INDArray theta = Networks.normal(new Random(SEED), 6);
            spark.evaluate(theta);
            for (int i = 0; i < 3; i++) {
                INDArray other = spark.gradient(theta);
                try (Hessian hessian = spark.hessianAt(theta);
                        Slice slice = spark.slice(theta, Parameterization.linear(theta, other))) {
                    hessian.multiply(theta);
                    slice.evaluate(POINTS);
                }
            }
            assertThat(Counted.MADE).as("and by executors, for each part").hasValue(1 + 4);
        }
    }

    @Test
    void pointsAreSpreadWhereTheProbeIsSmallEnoughOrAsTheUserSays() {
        ClusterCase subject = subjects().findFirst().orElseThrow();
        INDArray features = subject.probe().features().get(0);
        INDArray labels = subject.probe().labels().get(0);
        long bytes = features.length() * features.dataType().width()
                + labels.length() * labels.dataType().width();
        assertThat(spreadsPoints(subject, SparkOptions.DEFAULT.withProbeLimit(bytes)))
                .isTrue();
        assertThat(spreadsPoints(subject, SparkOptions.DEFAULT.withProbeLimit(bytes - 1)))
                .isFalse();
        assertThat(spreadsPoints(subject, SparkOptions.DEFAULT.withProbeLimit(0).withPlanes(Planes.POINTS)))
                .isTrue();
        assertThat(spreadsPoints(subject, SparkOptions.DEFAULT.withPlanes(Planes.PROBE)))
                .isFalse();
    }

    private static boolean spreadsPoints(ClusterCase subject, SparkOptions options) {
        try (SparkObjective spark = onSpark(subject, options)) {
            return spark.spreadsPoints();
        }
    }

    @Test
    void whatCannotBeIsSaid() {
        ClusterCase subject = subjects().findFirst().orElseThrow();
        try (Objective spark = onSpark(subject, parts(2))) {
            assertThatThrownBy(() -> spark.evaluate(Nd4j.zeros(DataType.DOUBLE, 3)))
                    .hasMessage("a vector must have " + spark.layout().parameters()
                            + " elements of type DOUBLE, got 3 of type DOUBLE");
            assertThatThrownBy(() -> spark.withConstants(new ParameterSnapshot(0, 0, Nd4j.zeros(1, 3))))
                    .hasMessageContaining("is it another network's?");
        }
        Probe wrong = Probe.of(Networks.data(5, SEED, 7));
        assertThatThrownBy(() -> cluster.objective(subject.model(), wrong, ObjectiveOptions.DEFAULT, parts(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SparkCluster.connect(ClusterOptions.of("spark://nowhere")))
                .hasMessage("the master must be spark://HOST:PORT, got 'spark://nowhere'");
        assertThatThrownBy(() -> SparkCluster.connect(ClusterOptions.of("spark://127.0.0.1:1")))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("no Spark master answers at spark://127.0.0.1:1");
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

    private static void same(ClusterCase subject, ObjectiveValue expected, ObjectiveValue found) {
        assertThat(found.loss())
                .as("%s of %s: loss", seed(), subject)
                .isCloseTo(expected.loss(), within(subject.tolerance() * Math.abs(expected.loss())));
        assertThat(found.accuracy().isPresent()).isEqualTo(expected.accuracy().isPresent());
        assertThat(found.accuracyOrNaN())
                .as("%s of %s: accuracy", seed(), subject)
                .isCloseTo(expected.accuracyOrNaN(), within(1e-9));
    }

    private static void same(ClusterCase subject, INDArray expected, INDArray found) {
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
                .as("%s of %s: %s", seed(), subject, Arrays.toString(expected.shape()))
                .isLessThan(subject.tolerance());
    }
}
