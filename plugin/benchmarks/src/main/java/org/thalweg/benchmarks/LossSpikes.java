package org.thalweg.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.quantity.PreconditionedGradientCurvature;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.PacingOptions;
import org.thalweg.listener.QuantityOptions;
import org.thalweg.listener.Schedule;
import org.thalweg.objective.Probe;

/**
 * Provokes loss spikes under Adam, and counts how many of them the curvature of frames foretells, and how often it cries wolf:
 * small networks fit a curve, with learning rates from spiking to quiet (Z. Bai, Z. Zhou et al., 2025, arXiv 2506.04805).
 *
 * <p>{@code LossSpikes [SEEDS] [ITERATIONS] [FIRST_SEED]}. Prints the table of README.md.
 */
public final class LossSpikes {

    private static final int POINTS = 64;
    private static final int WIDTH = 24;
    private static final CurvatureQuantity QUANTITY = new PreconditionedGradientCurvature();
    private static final int[] EVERY = {1, 10};

    /** The quantity needs no eigenvalues, so they may take few products. */
    private static final CurvatureOptions CURVATURE = CurvatureOptions.DEFAULT
            .withEigenvalues(1)
            .withBudget(KrylovBudget.DEFAULT.withProducts(4))
            .withSelfCheck(false)
            .withSampling(false);

    /** A way to train. */
    private record Setting(String name, double rate, double beta2, int batch) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("full batch, learning rate 0.02", 0.02, 0.999, POINTS),
            new Setting("full batch, 0.02, beta2 0.99", 0.02, 0.99, POINTS),
            new Setting("full batch, 0.001", 0.001, 0.999, POINTS),
            new Setting("batches of 16, 0.02", 0.02, 0.999, 16));

    private LossSpikes() {}

    public static void main(String[] args) throws InterruptedException {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int iterations = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        long first = args.length > 2 ? Long.parseLong(args[2]) : 1;
        System.out.println("| training | frames | spikes | foretold | warnings | false | chance | median lead |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Setting setting : SETTINGS) {
            SpikeScore[] sums = new SpikeScore[EVERY.length];
            Arrays.fill(sums, SpikeScore.NOTHING);
            for (long seed = first; seed < first + seeds; seed++) {
                List<Frame> frames = train(setting, iterations, seed);
                for (int i = 0; i < EVERY.length; i++) {
                    sums[i] = sums[i].plus(score(frames, EVERY[i]));
                }
            }
            for (int i = 0; i < EVERY.length; i++) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s |%n",
                        setting.name(),
                        EVERY[i] == 1 ? "each" : "every " + EVERY[i] + "th",
                        sums[i].cells());
            }
        }
    }

    private static SpikeScore score(List<Frame> frames, int every) {
        double[] losses = frames.stream().mapToDouble(Frame::loss).toArray();
        double[] values = new double[frames.size()];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < values.length; i += every) {
            values[i] = frames.get(i).quantities().getOrDefault(QUANTITY.name(), Double.NaN);
        }
        return SpikeScore.of(losses, values);
    }

    /** The frames of all iterations of a run. */
    private static List<Frame> train(Setting setting, int iterations, long seed) throws InterruptedException {
        Random random = new Random(seed);
        DataSet all = curve(random);
        MultiLayerNetwork network = network(setting, seed);
        List<Frame> frames = new ArrayList<>();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(all))
                .grid(3)
                .curvature(CURVATURE)
                .quantities(new QuantityOptions(List.of(QUANTITY), true))
                .schedule(Schedule.everyIterations(1))
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .sink(frames::add)
                .build()) {
            network.addListeners(listener);
            int done = 0;
            while (done < iterations) {
                for (DataSet batch : all.batchBy(setting.batch())) {
                    network.fit(batch);
                    done++;
                }
                all.shuffle(random.nextLong());
            }
        }
        return frames;
    }

    /** A curve with a random phase, on points between -pi and pi. */
    private static DataSet curve(Random random) {
        double phase = Math.PI * random.nextDouble();
        double[][] x = new double[POINTS][1];
        double[][] y = new double[POINTS][1];
        for (int i = 0; i < POINTS; i++) {
            x[i][0] = Math.PI * (2.0 * i / (POINTS - 1) - 1);
            y[i][0] = Math.sin(x[i][0] + phase) + Math.sin(4 * x[i][0]);
        }
        return new DataSet(Nd4j.create(x).castTo(DataType.FLOAT), Nd4j.create(y).castTo(DataType.FLOAT));
    }

    private static MultiLayerNetwork network(Setting setting, long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .seed(seed)
                .updater(Adam.builder()
                        .learningRate(setting.rate())
                        .beta2(setting.beta2())
                        .build())
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nIn(1).nOut(WIDTH).build())
                .layer(new DenseLayer.Builder().nIn(WIDTH).nOut(WIDTH).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(WIDTH)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        return network;
    }
}
