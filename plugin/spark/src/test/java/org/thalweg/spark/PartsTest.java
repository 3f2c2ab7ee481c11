package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.spark.SparkOptions.Planes;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/**
 * How an objective is distributed: in whole batches, each made once, by parts or by points; and which requests are
 * refused.
 */
class PartsTest {

    private static final long SEED = Seeds.fresh("PartsTest");

    private static final double[][] POINTS = {{0, 0}, {1, -0.5}, {-0.3, 0.2}};

    private static SparkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SparkCluster.connect(ClusterOptions.of("local[2]"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
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

    /** Half the mean of x theta^2 over examples x: a custom function of parameters and data. */
    private record Weighted() implements ObjectiveRecipe {
        @Override
        public Objective make(Probe part) {
            return new QuadraticObjective(part.features().get(0).mean(0));
        }
    }

    @Test
    void customObjectivesAreDistributedAsWell() {
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
                try (LinearOperator hessian = spark.hessianAt(theta);
                        Slice slice = spark.slice(theta, Parameterization.linear(theta, other))) {
                    hessian.multiply(theta);
                    slice.evaluate(POINTS);
                }
            }
            assertThat(Counted.MADE).as("and by executors, for each part").hasValue(1 + 4);
        }
    }

    @Test
    void pointsAreDistributedIfTheProbeIsSmallOrOnRequest() {
        ClusterCase of = layers();
        INDArray features = of.probe().features().get(0);
        INDArray labels = of.probe().labels().get(0);
        long bytes = features.length() * features.dataType().width()
                + labels.length() * labels.dataType().width();
        assertThat(spreadsPoints(of, SparkOptions.DEFAULT.withProbeLimit(bytes)))
                .isTrue();
        assertThat(spreadsPoints(of, SparkOptions.DEFAULT.withProbeLimit(bytes - 1)))
                .isFalse();
        assertThat(spreadsPoints(of, SparkOptions.DEFAULT.withProbeLimit(0).withPlanes(Planes.POINTS)))
                .isTrue();
        assertThat(spreadsPoints(of, SparkOptions.DEFAULT.withPlanes(Planes.PROBE)))
                .isFalse();
    }

    private static boolean spreadsPoints(ClusterCase of, SparkOptions options) {
        try (SparkObjective spark = onSpark(of, options)) {
            return spark.spreadsPoints();
        }
    }

    @Test
    void impossibleRequestsAreRefusedByName() {
        ClusterCase of = layers();
        try (Objective spark = onSpark(of, parts(2))) {
            assertThatThrownBy(() -> spark.evaluate(Nd4j.zeros(DataType.DOUBLE, 3)))
                    .hasMessage("a vector must have " + spark.layout().parameters()
                            + " elements of type DOUBLE, got 3 of type DOUBLE");
            assertThatThrownBy(() -> spark.withConstants(new ParameterSnapshot(0, 0, Nd4j.zeros(1, 3))))
                    .hasMessageContaining("is it another network's?");
        }
        Probe wrong = Probe.of(Networks.data(5, SEED, 7));
        assertThatThrownBy(() -> cluster.objective(of.model(), wrong, ObjectiveOptions.DEFAULT, parts(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SparkCluster.connect(ClusterOptions.of("spark://nowhere")))
                .hasMessage("the master must be spark://HOST:PORT, got 'spark://nowhere'");
        assertThatThrownBy(() -> SparkCluster.connect(ClusterOptions.of("spark://127.0.0.1:1")))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("no Spark master answers at spark://127.0.0.1:1");
    }

    private static ClusterCase layers() {
        return ClusterCase.all(SEED).findFirst().orElseThrow();
    }

    private static SparkOptions parts(int parts) {
        return SparkOptions.DEFAULT.withParts(parts);
    }

    private static SparkObjective onSpark(ClusterCase of, SparkOptions options) {
        return cluster.objective(of.model(), of.probe(), of.options(), options);
    }

    private static String seed() {
        return "seed " + SEED;
    }
}
