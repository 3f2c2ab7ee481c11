package org.thalweg.spark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.data.ProbeReader;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.testing.QuadraticObjective;

/**
 * What a product costs in addition to its arithmetic, as in this module's README, on workers with one core each:
 * {@code mvn -pl plugin/spark -am test -Dtest=ClusterBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * -Dthalweg.workers=2}; with {@code -Dthalweg.mnist=DIR} points and products of LeNet, too.
 */
@EnabledIfSystemProperty(named = "thalweg.workers", matches = "\\d+")
class ClusterBenchmark {

    private static final int POINTS = 40;
    private static final int PRODUCTS = 8;
    private static final long[] SIZES = {431_080, 5_000_000, 25_000_000};

    @TempDir
    Path directory;

    @Test
    @EnabledIfSystemProperty(named = "thalweg.mnist", matches = ".+")
    void pointsAndProductsOfLeNet() throws Exception {
        MultiLayerNetwork network = leNet();
        Probe probe = ProbeReader.read(
                Path.of(System.getProperty("thalweg.mnist")), ProbeReader.Part.VALIDATION, network, 10_000, 1);
        try (StandaloneCluster standalone = StandaloneCluster.start(directory, workers());
                SparkCluster cluster = connect(standalone);
                Objective objective =
                        cluster.objective(network, probe, ObjectiveOptions.DEFAULT, SparkOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            DirectionPair plane = new RandomDirections(1, DirectionOptions.DEFAULT).at(objective.layout(), theta);
            Random random = new Random(1);
            double[][] points = new double[POINTS][];
            Arrays.setAll(points, i -> new double[] {2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1});
            try (Slice slice = objective.slice(theta, plane.plane())) {
                slice.evaluate(Arrays.copyOf(points, 2));
                double seconds = seconds(() -> slice.evaluate(points));
                print("%d workers: %.3f s a point", workers(), seconds / POINTS);
            }
            try (LinearOperator hessian = objective.hessianAt(theta)) {
                hessian.multiply(plane.delta());
                double seconds = seconds(() -> {
                    for (int i = 0; i < PRODUCTS; i++) {
                        hessian.multiply(i % 2 == 0 ? plane.eta() : plane.delta())
                                .close();
                    }
                });
                print("%d workers: %.3f s a product", workers(), seconds / PRODUCTS);
            }
        }
    }

    /** Products that cost nothing: what remains is broadcast, tasks, answers and their sum. */
    private record Diagonal(long parameters) implements ObjectiveRecipe {
        @Override
        public Objective make(Probe part) {
            return new QuadraticObjective(Nd4j.ones(DataType.FLOAT, parameters));
        }
    }

    @Test
    void productsWithoutArithmetic() {
        Probe probe = Probe.of(Nd4j.ones(DataType.FLOAT, workers(), 1), Nd4j.ones(DataType.FLOAT, workers(), 1));
        try (StandaloneCluster standalone = StandaloneCluster.start(directory, workers());
                SparkCluster cluster = connect(standalone)) {
            for (long size : SIZES) {
                for (long limit : new long[] {Long.MAX_VALUE, 0}) {
                    SparkOptions options = SparkOptions.DEFAULT.withDriverLimit(limit);
                    try (Objective objective = cluster.objective(new Diagonal(size), probe, options)) {
                        INDArray theta = Nd4j.ones(DataType.FLOAT, size);
                        double here = median(new Diagonal(size).make(probe).hessianAt(theta), theta);
                        double there = median(objective.hessianAt(theta), theta);
                        print(
                                "%.1f M parameters, summed by the %s: %.0f ms",
                                size / 1e6, limit == 0 ? "executors" : "driver", 1000 * (there - here));
                    }
                }
            }
        }
    }

    private static double median(LinearOperator hessian, INDArray vector) {
        try (hessian) {
            double[] seconds = new double[7];
            for (int i = -2; i < seconds.length; i++) {
                double taken = seconds(() -> hessian.multiply(vector).close());
                if (i >= 0) {
                    seconds[i] = taken;
                }
            }
            Arrays.sort(seconds);
            return seconds[seconds.length / 2];
        }
    }

    private static SparkCluster connect(StandaloneCluster standalone) {
        return SparkCluster.connect(
                ClusterOptions.of(standalone.master()).withCores(workers()).withMemory("3g"));
    }

    private static int workers() {
        return Integer.getInteger("thalweg.workers");
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** 431,080 parameters. */
    private static MultiLayerNetwork leNet() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.RELU)
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(20).build())
                .layer(pool())
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(50).build())
                .layer(pool())
                .layer(new DenseLayer.Builder().nOut(500).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        return network;
    }

    private static SubsamplingLayer pool() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
