package org.thalweg.objective.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.network.internal.Constraints;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class NetworkObjectiveTest {

    private static final long SEED = Seeds.fresh("NetworkObjectiveTest");

    private record Case(String name, Model model, DataSet data, ObjectiveMode mode) {
        @Override
        public String toString() {
            return name + ", seed " + SEED;
        }
    }

    static Stream<Case> networks() {
        return Stream.of(
                new Case("MLP", Networks.mlp(DataType.DOUBLE, SEED), Networks.data(20, SEED, 6), ObjectiveMode.RUNNING),
                new Case(
                        "CNN",
                        Networks.cnn(DataType.DOUBLE, SEED, false),
                        Networks.data(10, SEED, 1, 8, 8),
                        ObjectiveMode.RUNNING),
                new Case(
                        "CNN with BatchNorm",
                        Networks.cnn(DataType.DOUBLE, SEED, true),
                        Networks.data(10, SEED, 1, 8, 8),
                        ObjectiveMode.BATCH),
                new Case(
                        "LSTM",
                        Networks.lstm(DataType.DOUBLE, SEED),
                        Networks.sequences(8, 5, SEED),
                        ObjectiveMode.RUNNING),
                new Case(
                        "graph",
                        Networks.graph(DataType.DOUBLE, SEED),
                        Networks.data(20, SEED, 6),
                        ObjectiveMode.RUNNING));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void lossIsTheNetworksOwnScore(Case c) {
        NetworkObjective objective = objective(c);
        boolean training = c.mode() == ObjectiveMode.BATCH;
        double score = c.model() instanceof MultiLayerNetwork network
                ? network.score(c.data(), training)
                : ((ComputationGraph) c.model()).score(c.data(), training);
        assertThat(objective.evaluate(theta(objective, c)).loss()).isCloseTo(score, within(1e-12 * (1 + score)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientIsTheDerivativeOfTheLoss(Case c) {
        NetworkObjective objective = objective(c);
        INDArray theta = theta(objective, c);
        INDArray v = unit(theta.length(), SEED + 1);
        double h = 1e-5;
        double difference = (objective.evaluate(theta.add(v.mul(h))).loss()
                        - objective.evaluate(theta.sub(v.mul(h))).loss())
                / (2 * h);
        // Error of the difference: h^2 times a third derivative of order one, and 1e-16 / h.
        assertThat(dot(objective.gradient(theta), v)).isCloseTo(difference, within(1e-8));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void hessianProductIsTheSecondDerivativeAndSymmetric(Case c) {
        NetworkObjective objective = objective(c);
        INDArray theta = theta(objective, c);
        INDArray u = unit(theta.length(), SEED + 1);
        INDArray v = unit(theta.length(), SEED + 2);
        try (LinearOperator hessian = objective.hessianAt(theta)) {
            assertThat(hessian.defect()).as("smooth networks have no kink").isEmpty();
            INDArray hv = hessian.multiply(v);
            INDArray block = hessian.multiply(Nd4j.vstack(u, v));
            double norm = hv.norm2Number().doubleValue();
            assertThat(block.getRow(1).distance2(hv)).isLessThan(1e-12);
            assertThat(dot(u, hv)).isCloseTo(dot(v, block.getRow(0)), within(1e-7 * (1 + norm)));
            double h = 1e-4;
            double second = (objective.evaluate(theta.add(v.mul(h))).loss()
                            - 2 * objective.evaluate(theta).loss()
                            + objective.evaluate(theta.sub(v.mul(h))).loss())
                    / (h * h);
            assertThat(dot(v, hv)).isCloseTo(second, within(1e-5 * (1 + norm)));
        }
    }

    @Test
    void batchesOfTheProbeAddUp() {
        Case c = networks().findFirst().orElseThrow();
        NetworkObjective whole = objective(c);
        NetworkObjective split =
                NetworkObjective.of(c.model(), Probe.of(c.data()), ObjectiveOptions.DEFAULT.withBatchSize(7));
        INDArray theta = theta(whole, c);
        assertThat(split.evaluate(theta).loss()).isCloseTo(whole.evaluate(theta).loss(), within(1e-13));
        assertThat(split.evaluate(theta).accuracyOrNaN())
                .isEqualTo(whole.evaluate(theta).accuracyOrNaN());
        assertThat(split.gradient(theta).distance2(whole.gradient(theta))).isLessThan(1e-13);
    }

    @Test
    void batchNormOnRunningStatisticsHasALossButNoHessianHere() {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, SEED, true);
        NetworkObjective objective =
                NetworkObjective.of(network, Probe.of(Networks.data(6, SEED, 1, 8, 8)), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        assertThat(objective.evaluate(theta).loss()).isFinite();
        assertThat(objective.hessianAt(theta).defect())
                .hasValueSatisfying(reason -> assertThat(reason).contains("BatchNorm"));
    }

    @Test
    void penaltiesArePartOfARegularizedObjective() {
        MultiLayerNetwork network =
                recurrent(builder -> builder.l1(0.02).l2(0.3).l2Bias(0.1), 1.0);
        DataSet data = Networks.sequences(8, 5, SEED);
        ObjectiveOptions options = ObjectiveOptions.DEFAULT.withRegularized(true);
        Case c = new Case("penalized LSTM", network, data, ObjectiveMode.RUNNING);
        NetworkObjective penalized = NetworkObjective.of(network, Probe.of(data), options);
        INDArray theta = theta(penalized, c);
        assertThat(penalized.evaluate(theta).loss())
                .as(c.toString())
                .isCloseTo(network.score(data, false), within(1e-12 * network.score(data, false)));
        INDArray v = unit(theta.length(), SEED + 1);
        double h = 1e-5;
        INDArray forward = theta.add(v.mul(h));
        INDArray backward = theta.sub(v.mul(h));
        double slope = (penalized.evaluate(forward).loss()
                        - penalized.evaluate(backward).loss())
                / (2 * h);
        // An element of l1 that changes its sign within the step adds its own width at the most.
        double signs = 0.02 * v.amaxNumber().doubleValue() * 2 * h;
        assertThat(dot(penalized.gradient(theta), v)).as(c.toString()).isCloseTo(slope, within(1e-8 + signs));
        INDArray plain = objective(c).hessianAt(theta).multiply(v);
        INDArray product = penalized.hessianAt(theta).multiply(v);
        assertThat(dot(v, product.sub(plain))).as(c.toString()).isBetween(0.1 - 1e-7, 0.3 + 1e-7);
    }

    @Test
    void trainingModeIsThatOfTheBatchesUnlessALayerDraws() {
        DataSet data = Networks.sequences(8, 5, SEED);
        ObjectiveOptions options = ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.TRAINING);
        MultiLayerNetwork plain = recurrent(builder -> builder, 1.0);
        Case c = new Case("LSTM", plain, data, ObjectiveMode.BATCH);
        NetworkObjective training = NetworkObjective.of(plain, Probe.of(data), options);
        assertThat(training.evaluate(theta(training, c)))
                .as(c.toString())
                .isEqualTo(objective(c).evaluate(theta(training, c)));
        MultiLayerNetwork drawn = recurrent(builder -> builder, 0.5);
        assertThatThrownBy(() -> NetworkObjective.of(drawn, Probe.of(data), options))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("memory")
                .hasMessageContaining("Dropout")
                .hasMessageContaining("BATCH");
    }

    private static MultiLayerNetwork recurrent(
            UnaryOperator<NeuralNetConfiguration.Builder> penalties, double retained) {
        LSTM.Builder memory = new LSTM.Builder().name("memory").nIn(4).nOut(5);
        if (retained < 1) {
            memory.dropOut(retained);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(penalties
                .apply(Networks.base(DataType.DOUBLE, SEED))
                .list()
                .layer(memory.build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    @Test
    void reluAtExactlyZeroIsSaidToBeAKink() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, SEED)
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(8)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        DataSet data = Networks.data(10, SEED, 6);
        data.getFeatures().getRow(0).assign(0);
        NetworkObjective objective = NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        assertThat(objective
                        .hessianAt(objective.layout().pack(network.params()))
                        .defect())
                .contains("kink");
    }

    @Test
    void theLiveNetworkIsNeitherReadLaterNorWritten() {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, SEED);
        INDArray before = network.params().dup();
        NetworkObjective objective =
                NetworkObjective.of(network, Probe.of(Networks.data(10, SEED, 6)), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        double loss = objective.evaluate(theta).loss();
        network.params().addi(1);
        assertThat(objective.evaluate(theta).loss()).isEqualTo(loss);
        objective.evaluate(theta.mul(2));
        objective.gradient(theta);
        assertThat(network.params()).isEqualTo(before.add(1));
    }

    @Test
    void constraintsAreAppliedToSnapshots() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, SEED)
                .constrainWeights(new MaxNormConstraint(0.3, 1))
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(8).nOut(3).build())
                .build());
        network.init();
        INDArray raw = network.params().dup();
        ParameterSnapshot constrained =
                Constraints.of(network).orElseThrow().applyTo(new ParameterSnapshot(5, 0, raw.dup()));
        assertThat(network.params()).as("the live network").isEqualTo(raw);
        network.applyConstraints(5, 0);
        assertThat(constrained.parameters()).isEqualTo(network.params());
        assertThat(network.params()).isNotEqualTo(raw);
        assertThat(Constraints.of(Networks.mlp(DataType.DOUBLE, SEED))).isEmpty();
    }

    @Test
    void probesThatDoNotFitAreRefusedWithTheirShape() {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, SEED);
        assertThatThrownBy(() ->
                        NetworkObjective.of(network, Probe.of(Networks.data(5, SEED, 7)), ObjectiveOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[5, 7]");
        assertThatThrownBy(() -> NetworkObjective.of(
                        network, Probe.of(Nd4j.zeros(5, 6), Nd4j.zeros(5, 4)), ObjectiveOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[5, 4]");
    }

    private static NetworkObjective objective(Case c) {
        return NetworkObjective.of(c.model(), Probe.of(c.data()), ObjectiveOptions.DEFAULT.withMode(c.mode()));
    }

    private static INDArray theta(NetworkObjective objective, Case c) {
        return objective.layout().pack(c.model().params());
    }

    private static INDArray unit(long n, long seed) {
        INDArray v = Networks.normal(new Random(seed), n);
        return v.div(v.norm2Number().doubleValue());
    }

    private static double dot(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue();
    }
}
