package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.RandomDirections;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.spark.SparkOptions.Planes;
import org.thalweg.surface.Grid;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/**
 * A master and two workers with one core each, as separate processes. The tests share them, and each takes away
 * something that earlier ones need, so they run in this order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {

    private static final long SEED = Seeds.fresh("ClusterTest");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Lanczos LANCZOS = Lanczos.DEFAULT.withBasisSize(8).withSeed(SEED);
    private static final KrylovBudget BUDGET = KrylovBudget.DEFAULT.withProducts(16);

    @TempDir
    static Path directory;

    private static final MultiLayerNetwork NETWORK = Networks.cnn(DataType.DOUBLE, SEED, true);
    private static final Probe PROBE = Probe.of(Networks.data(60, SEED, 1, 8, 8));
    private static final ObjectiveOptions OPTIONS = ObjectiveOptions.DEFAULT.withBatchSize(10);

    private static StandaloneCluster standalone;
    private static @Nullable SparkCluster started;
    private static @Nullable Findings undisturbed;

    /** What is computed on one machine, and then again elsewhere. */
    private record Findings(double[] surface, double[] eigenvalues, double trace) {

        static Findings of(Objective objective, IntConsumer afterProduct) {
            INDArray theta = objective.layout().pack(NETWORK.params());
            double[] surface = Arrays.stream(new SurfaceEvaluator(objective, null)
                            .evaluate(
                                    Grid.square(3, 1),
                                    theta,
                                    new RandomDirections(SEED, DirectionOptions.DEFAULT).at(objective.layout(), theta),
                                    () -> false)
                            .loss())
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            try (LinearOperator hessian = objective.hessianAt(theta)) {
                LinearOperator operator = watched(hessian, afterProduct);
                LanczosResult ends = LANCZOS.run(operator, EigenvalueQuery.ofEachEnd(1), BUDGET);
                double trace = TraceEstimator.estimate(operator, new TraceOptions(1, 3, SEED))
                        .value();
                return new Findings(
                        surface,
                        Stream.concat(ends.largest().stream(), ends.smallest().stream())
                                .mapToDouble(EigenPair::value)
                                .toArray(),
                        trace);
            }
        }
    }

    /** Products of a Hessian, and something that happens after each of them. */
    private static LinearOperator watched(LinearOperator hessian, IntConsumer afterProduct) {
        AtomicInteger products = new AtomicInteger();
        return LinearOperator.of(hessian.dimension(), hessian.dataType(), vector -> {
            INDArray product = hessian.multiply(vector);
            afterProduct.accept(products.incrementAndGet());
            return product;
        });
    }

    private static SparkCluster cluster() {
        return Objects.requireNonNull(started);
    }

    private static SparkObjective objective(Planes planes) {
        return cluster()
                .objective(
                        NETWORK,
                        PROBE,
                        OPTIONS,
                        SparkOptions.DEFAULT.withParts(4).withPlanes(planes));
    }

    @BeforeAll
    static void start() {
        standalone = StandaloneCluster.start(directory, 2);
        started = SparkCluster.connect(ClusterOptions.of(standalone.master())
                .withCores(2)
                .withMemory("512m")
                .withPatience(PATIENCE)
                // Allows the worker that is added later to join.
                .with("spark.cores.max", "3"));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
        standalone.close();
    }

    @Test
    @Order(1)
    void executorsHaveOneThreadForEachCore() {
        List<String> said = threads();
        assertThat(said).hasSize(2).doesNotHaveDuplicates().allMatch(line -> line.endsWith(": 1 1"));
        assertThat(threads()).as("tasks go where they went the last time").isEqualTo(said);
    }

    private static List<String> threads() {
        Jobs jobs = cluster().jobs();
        return jobs.wait("threads", jobs.placed(List.of(0, 1)).map(task -> threadsHere()));
    }

    private static String threadsHere() {
        return ProcessHandle.current().pid() + ": " + System.getenv("OMP_NUM_THREADS") + " "
                + System.getenv("OPENBLAS_NUM_THREADS");
    }

    @Test
    @Order(2)
    void surfacesEigenvaluesAndTraceEqualOneMachinesAndRepeatToTheBit() {
        Findings expected = Findings.of(CompiledObjective.of(NETWORK, PROBE, OPTIONS), product -> {});
        same(expected, undisturbed(), 1e-6);
        same(expected, findings(Planes.POINTS, product -> {}), 1e-6);
        same(undisturbed(), findings(Planes.PROBE, product -> {}), 0);
    }

    /** By parts; computed once. */
    private static Findings undisturbed() {
        Findings known = undisturbed == null ? findings(Planes.PROBE, product -> {}) : undisturbed;
        undisturbed = known;
        return known;
    }

    private static Findings findings(Planes planes, IntConsumer afterProduct) {
        try (Objective objective = objective(planes)) {
            return Findings.of(objective, afterProduct);
        }
    }

    @Test
    @Order(3)
    void anExecutorKilledInTheMiddleOfAProductChangesNoBit() throws InterruptedException {
        CompletableFuture<Void> killed = new CompletableFuture<>();
        killedAtTheFifthProduct(() -> {
            long executor = process(0);
            // It receives its task but can no longer answer.
            signal("-STOP", executor);
            killed.completeAsync(
                    () -> {
                        signal("-KILL", executor);
                        return null;
                    },
                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
        });
        killed.join();
        awaitCores(2);
    }

    @Test
    @Order(4)
    void aWorkerKilledInTheMiddleChangesNoBit() throws InterruptedException {
        killedAtTheFifthProduct(() -> standalone.kill("worker-1"));
        awaitCores(1);
    }

    private static void killedAtTheFifthProduct(Runnable kill) {
        Findings before = undisturbed();
        Findings after = findings(Planes.PROBE, product -> {
            if (product == 5) {
                kill.run();
            }
        });
        same(before, after, 0);
    }

    /** Executors appear and disappear some time after their cause. */
    private static void awaitCores(int cores) throws InterruptedException {
        for (int i = 0; i < 600 && cluster().cores() != cores; i++) {
            Thread.sleep(100);
        }
        assertThat(cluster().cores()).as("cores of the cluster").isEqualTo(cores);
    }

    /** The process id of the executor that a task runs on. */
    private static long process(int task) {
        Jobs jobs = cluster().jobs();
        return jobs.wait(
                        "process",
                        jobs.placed(List.of(task))
                                .map(any -> ProcessHandle.current().pid()))
                .get(0);
    }

    private static void signal(String signal, long process) {
        try (Command kill = Command.start(directory, Map.of(), List.of("kill", signal, Long.toString(process)))) {
            assertThat(kill.await()).as(kill::toString).isZero();
        }
    }

    @Test
    @Order(5)
    void anExecutorWithoutABackendIsNamedAndGetsNoMoreWork() throws InterruptedException {
        standalone.addWorkerWithout("nd4j-native");
        awaitCores(2);
        try (Objective objective = objective(Planes.PROBE)) {
            INDArray theta = objective.layout().pack(NETWORK.params());
            double expected = CompiledObjective.of(NETWORK, PROBE, OPTIONS)
                    .evaluate(theta)
                    .loss();
            assertThat(objective.evaluate(theta).loss()).as("seed %s", SEED).isCloseTo(expected, within(1e-12));
            awaitCores(1);
            assertThat(objective.evaluate(theta).loss()).as("seed %s", SEED).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    @Order(6)
    void aLostMasterIsAnErrorOnceNoExecutorIsLeft() {
        try (Objective objective = objective(Planes.PROBE)) {
            INDArray theta = objective.layout().pack(NETWORK.params());
            double before = objective.evaluate(theta).loss();
            standalone.kill("master");
            assertThat(objective.evaluate(theta).loss()).as("seed %s", SEED).isEqualTo(before);
            standalone.close();
            assertThatThrownBy(() -> objective.evaluate(theta))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("no executor is left")
                    .hasMessageContaining("no Spark master answers at " + standalone.master());
        }
    }

    private static void same(Findings expected, Findings found, double tolerance) {
        same("surface", expected.surface(), found.surface(), tolerance);
        same("eigenvalues", expected.eigenvalues(), found.eigenvalues(), tolerance);
        same("trace", new double[] {expected.trace()}, new double[] {found.trace()}, tolerance);
    }

    private static void same(String what, double[] expected, double[] found, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i])
                    .as("seed %s, %s, number %s", SEED, what, i)
                    .isCloseTo(expected[i], within(tolerance * Math.abs(expected[i])));
        }
    }
}
