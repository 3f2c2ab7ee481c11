package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/**
 * Each finding appears on runs that are made to have it, and not on healthy ones: small networks on a problem that a
 * teacher labels. {@code -Dthalweg.findings.seeds=20} tries as many seeds; no threshold was chosen on them.
 */
class FindingsOfRunsTest {

    private static final int SEEDS = Integer.getInteger("thalweg.findings.seeds", 1);
    private static final int INPUTS = 6;

    /** One of 20 may fail. */
    private static final double FAILURES = 0.05;

    /**
     * If a smaller number has a failure, this many are tried and two may fail; by chance one test in a thousand fails.
     */
    private static final int MORE = 5;

    private static final long SEED = Seeds.fresh("FindingsOfRunsTest");

    /** What healthy runs tell: the n-th is the twin of the n-th run of every kind. */
    private static final List<Set<String>> HEALTHY = new ArrayList<>();

    /** A run: the network, its training and the watched frames. */
    private record Run(
            int examples,
            int probe,
            int batch,
            double rate,
            int iterations,
            WeightInit init,
            double bias,
            double noise) {

        /** Healthy: the whole training set as a probe, a learning rate well below the edge. */
        static final Run HEALTHY = new Run(256, 256, 32, 0.1, 40, WeightInit.XAVIER, 0, 0);

        Run withProbe(int probe) {
            return new Run(examples, probe, batch, rate, iterations, init, bias, noise);
        }

        Run withExamples(int examples) {
            return new Run(examples, examples, batch, rate, iterations, init, bias, noise);
        }

        Run withBatch(int batch) {
            return new Run(examples, probe, batch, rate, iterations, init, bias, noise);
        }

        Run withRate(double rate, int iterations) {
            return new Run(examples, probe, batch, rate, iterations, init, bias, noise);
        }

        Run withInit(WeightInit init, double bias) {
            return new Run(examples, probe, batch, rate, iterations, init, bias, noise);
        }

        /** With this share of labels drawn at random. */
        Run withNoise(double noise) {
            return new Run(examples, probe, batch, rate, iterations, init, bias, noise);
        }
    }

    static Stream<Arguments> characters() {
        return Stream.of(
                character("diverged", run -> run.withRate(1e30, 12)),
                character("edge_of_stability", run -> run.withRate(30, 12)),
                character("short_step", run -> run.withBatch(256).withRate(1e-4, 12)),
                character(
                        "flat_start",
                        run -> run.withExamples(1024)
                                .withNoise(1)
                                .withInit(WeightInit.ZERO, 0)
                                .withRate(1e-9, 4)),
                character("dead_layer", run -> run.withInit(WeightInit.XAVIER, -30)),
                character(
                        "noisy_gradient",
                        run -> run.withExamples(1024).withBatch(1).withNoise(0.7)),
                character(
                        "large_batch",
                        run -> run.withExamples(1024).withBatch(1024).withRate(0.01, 4)),
                character("probe_too_small", run -> run.withProbe(16).withRate(1, 300)),
                character(
                        "overfitting", run -> run.withExamples(24).withNoise(1).withRate(1, 400)));
    }

    private static Arguments character(String kind, UnaryOperator<Run> of) {
        return Arguments.of(kind, of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("characters")
    void aFindingIsOnItsRunsAndNotOnTheirTwins(String kind, UnaryOperator<Run> made) throws Exception {
        Random random = new Random(SEED + kind.hashCode());
        int missed = 0;
        int falseAlarms = 0;
        int tried = 0;
        while (tried < SEEDS || (tried < MORE && missed + falseAlarms > 0)) {
            tried++;
            missed += findings(made.apply(Run.HEALTHY), random).contains(kind) ? 0 : 1;
            falseAlarms += healthy(tried).contains(kind) ? 1 : 0;
        }
        if (tried > 1) {
            System.out.printf(Locale.ROOT, "%s: missed %d, false alarms %d of %d%n", kind, missed, falseAlarms, tried);
        }
        int most = tried > MORE ? (int) (FAILURES * tried) : 2;
        assertThat(missed).as("runs without %s", kind).isLessThanOrEqualTo(most);
        assertThat(falseAlarms).as("healthy runs with %s", kind).isLessThanOrEqualTo(most);
    }

    private static Set<String> healthy(int n) throws InterruptedException {
        while (HEALTHY.size() < n) {
            HEALTHY.add(findings(Run.HEALTHY, new Random(SEED + HEALTHY.size())));
        }
        return HEALTHY.get(n - 1);
    }

    /** The kinds of findings that a run tells. */
    private static Set<String> findings(Run run, Random random) throws InterruptedException {
        INDArray teacher = Networks.normal(random, INPUTS, 3);
        DataSet all = data(run, run.examples(), teacher, random);
        DataSet held = data(run, 256, teacher, random);
        MultiLayerNetwork network = network(run, random);
        Set<String> kinds = new TreeSet<>();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of((DataSet) all.getRange(0, run.probe())))
                .validation(Probe.of(held))
                .grid(5)
                .curvature(CurvatureOptions.DEFAULT.withEigenvalues(1).withLayers(true))
                .quantities(QuantityOptions.DEFAULT.withLastStep(true))
                .schedule(Schedule.everyIterations(Math.max(1, run.iterations() / 4)))
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .onFinding((frame, finding) -> kinds.add(finding.kind()))
                .build()) {
            network.addListeners(listener);
            int done = 0;
            while (done < run.iterations()) {
                List<DataSet> batches = all.copy().batchBy(run.batch());
                for (DataSet batch : batches.subList(0, Math.min(batches.size(), run.iterations() - done))) {
                    network.fit(new ListDataSetIterator<>(batch.asList(), batch.numExamples()));
                    done++;
                }
            }
        }
        return kinds;
    }

    private static DataSet data(Run run, int examples, INDArray teacher, Random random) {
        INDArray features = Networks.normal(random, examples, INPUTS);
        int[] classes = features.mmul(teacher).argMax(1).toIntVector();
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, 3);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, random.nextDouble() < run.noise() ? random.nextInt(3) : classes[i], 1);
        }
        return new DataSet(features, labels);
    }

    private static MultiLayerNetwork network(Run run, Random random) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(random.nextLong())
                .updater(new Sgd(run.rate()))
                .weightInit(run.init())
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(INPUTS).nOut(16).build())
                .layer(new DenseLayer.Builder()
                        .nIn(16)
                        .nOut(16)
                        .biasInit(run.bias())
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(16)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
