package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Alarms about curvature on runs that are made to have them, and not on their twins; one of five may go wrong. */
class CurvatureAlarmsTest {

    private static final int MOST = 5;

    private final Random random = new Random(Seeds.fresh("CurvatureAlarmsTest"));

    /** A run of a kind. */
    private interface Run {
        Set<String> findings() throws InterruptedException;
    }

    @Test
    void adamBeyondItsLimitIsTold() throws InterruptedException {
        check("loss_spike", () -> curve(0.02, 280), () -> curve(0.001, 60));
    }

    @Test
    void aLayerWhoseWeightsJumpIsOffItsCourse() throws InterruptedException {
        check("off_course", () -> layers(4), () -> layers(1));
    }

    /** A single miss is followed by four more tries. */
    private static void check(String kind, Run made, Run twin) throws InterruptedException {
        int wrong = 0;
        for (int tried = 0; tried < 1 || (tried < MOST && wrong > 0); tried++) {
            boolean right = made.findings().contains(kind) && !twin.findings().contains(kind);
            wrong += right ? 0 : 1;
        }
        assertThat(wrong).as("runs that %s was wrong about", kind).isLessThanOrEqualTo(1);
    }

    /** A small network fits a curve with Adam, whose loss spikes at the higher rate (see LossSpikes in the benchmarks). */
    private Set<String> curve(double rate, int iterations) throws InterruptedException {
        double[][] x = new double[64][1];
        double[][] y = new double[64][1];
        double phase = Math.PI * random.nextDouble();
        for (int i = 0; i < x.length; i++) {
            x[i][0] = Math.PI * (2.0 * i / (x.length - 1) - 1);
            y[i][0] = Math.sin(x[i][0] + phase) + Math.sin(4 * x[i][0]);
        }
        DataSet data = new DataSet(Nd4j.create(x), Nd4j.create(y));
        Adam updater = Adam.builder().learningRate(rate).beta2(0.99).build();
        MultiLayerNetwork network = network(updater, 1, 24, 1);
        CurvatureOptions few = CurvatureOptions.DEFAULT
                .withEigenvalues(1)
                .withBudget(KrylovBudget.DEFAULT.withProducts(4))
                .withSelfCheck(false);
        return watched(network, data, few, Schedule.everyIterations(2), iterations, () -> {});
    }

    /** A network whose first layer's weights are scaled in the middle of training. */
    private Set<String> layers(double factor) throws InterruptedException {
        DataSet data = Networks.data(32, random.nextLong(), 6);
        MultiLayerNetwork network = network(new Sgd(0.02), 6, 8, 3);
        return watched(
                network,
                data,
                CurvatureOptions.DEFAULT.withEigenvalues(1).withLayers(true),
                Schedule.everyIterations(1),
                35,
                () -> network.getLayer(0).getParam("W").muli(factor));
    }

    /** The kinds of findings of a run; something happens after 25 iterations. */
    private static Set<String> watched(
            MultiLayerNetwork network,
            DataSet data,
            CurvatureOptions curvature,
            Schedule schedule,
            int iterations,
            Runnable happening)
            throws InterruptedException {
        Set<String> kinds = new TreeSet<>();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .curvature(curvature.withSampling(false))
                .quantities(QuantityOptions.DEFAULT.withLastStep(true))
                .schedule(schedule)
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .onFinding((frame, finding) -> kinds.add(finding.kind()))
                .build()) {
            network.addListeners(listener);
            for (int i = 0; i < iterations; i++) {
                if (i == 25) {
                    happening.run();
                }
                network.fit(data);
            }
        }
        return kinds;
    }

    private MultiLayerNetwork network(IUpdater updater, int inputs, int width, int outputs) {
        boolean regression = outputs == 1;
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, random.nextLong())
                .updater(updater)
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nIn(inputs).nOut(width).build())
                .layer(new DenseLayer.Builder().nIn(width).nOut(width).build())
                .layer(new OutputLayer.Builder(regression ? LossFunction.MSE : LossFunction.MCXENT)
                        .nIn(width)
                        .nOut(outputs)
                        .activation(regression ? Activation.IDENTITY : Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
