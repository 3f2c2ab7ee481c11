package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.rule.Rules;
import org.thalweg.objective.compiled.spi.ActivationRule;

/** The contract for each activation function and each loss, with weights and masks, in small dense networks. */
class OutputContractTest {

    private static final int EXAMPLES = 6;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 4;

    /** All that have a rule, those of {@link Sine} among them, which is nowhere else. */
    static Stream<Class<?>> activations() {
        return Rules.covered(ActivationRule.class).stream().sorted(Comparator.comparing(Class::getName));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void hiddenActivationHolds(Class<? extends IActivation> type) throws ReflectiveOperationException {
        Fresh fresh = Fresh.start();
        IActivation hidden = type.getDeclaredConstructor().newInstance();
        // No loss that Deeplearning4j clips: a cube of a cube reaches far.
        MultiLayerNetwork network = network(fresh, hidden, new LossMSE(), Activation.IDENTITY);
        Probe probe = probe(fresh, fresh.normal(DataType.DOUBLE, EXAMPLES, OUTPUTS), null);
        Contract contract = new Contract(network, probe, fresh, "hidden " + type.getSimpleName());
        if (type == ActivationRReLU.class) {
            // Deeplearning4j draws slopes whenever it computes a gradient, and predicts the slope itself.
            contract.holdDerivatives(ObjectiveOptions.DEFAULT);
            contract.holdDerivatives(ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.TRAINING));
        } else {
            contract.hold();
        }
    }

    static Stream<IActivation> settings() {
        return Stream.of(
                new ActivationLReLU(0.3),
                new ActivationThresholdedReLU(0.4),
                new ActivationReLU(1.5, null, null),
                new ActivationReLU(null, 0.3, null),
                new ActivationReLU(null, null, 0.2),
                new ActivationReLU(1.2, -0.3, 0.4),
                new ActivationELU(0.7),
                new ActivationGELU(true));
    }

    /** What a network with random slopes predicts is what one with their mean does. */
    @Test
    void randomReluPredictsWithTheMeanSlope() {
        Fresh fresh = Fresh.start();
        Probe probe = classes(fresh, null);
        MultiLayerNetwork random = network(fresh, new ActivationRReLU(0.2, 0.7), new LossMCXENT(), Activation.SOFTMAX);
        MultiLayerNetwork leaky = network(fresh, new ActivationLReLU(0.45), new LossMCXENT(), Activation.SOFTMAX);
        leaky.setParams(random.params());
        try (CompiledObjective objective = CompiledObjective.of(random, probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(random.params());
            assertThat(objective.evaluate(theta).loss())
                    .as("-Dthalweg.seed=" + fresh.seed())
                    .isCloseTo(leaky.score(Converted.dataSet(probe), false), within(1e-10));
        }
    }

    /** Deeplearning4j's gradient leaves out elu's asymptote, and is another function's for precise gelu. */
    @ParameterizedTest
    @MethodSource("settings")
    void activationWithSettingsHolds(IActivation hidden) {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = network(fresh, hidden, new LossMCXENT(), Activation.SOFTMAX);
        new Contract(network, classes(fresh, null), fresh, hidden.toString()).holdRunning();
    }

    @Test
    void rulesOutsideTheLibraryAreFound() {
        assertThat(Rules.covered(ActivationRule.class)).contains(Sine.class).hasSizeGreaterThan(12);
    }

    static Stream<LossCase> losses() {
        return LossCase.all(OUTPUTS);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossHolds(LossCase loss) {
        Fresh fresh = Fresh.start();
        IActivation hidden = Activation.TANH.getActivationFunction();
        MultiLayerNetwork network = network(fresh, hidden, loss.function(), loss.activation());
        INDArray labels = loss.labels(fresh, EXAMPLES, OUTPUTS);
        loss.hold(new Contract(network, probe(fresh, labels, null), fresh, loss.toString()));
        INDArray rows = fresh.bits(DataType.DOUBLE, EXAMPLES, 1);
        loss.hold(new Contract(network, probe(fresh, labels, rows), fresh, loss + ", examples masked"));
        if (loss.takesEntryMasks()) {
            INDArray entries = fresh.bits(DataType.DOUBLE, EXAMPLES, OUTPUTS);
            loss.hold(new Contract(network, probe(fresh, labels, entries), fresh, loss + ", entries masked"));
            INDArray shares = fresh.positive(DataType.DOUBLE, entries.shape()).muli(entries);
            loss.holdFractional(
                    new Contract(network, probe(fresh, labels, shares), fresh, loss + ", entries weighted"));
        }
    }

    /** Deeplearning4j masks logits, too, and a softmax couples the entries of a row. */
    @ParameterizedTest
    @EnumSource(
            value = LossFunction.class,
            names = {"MSE", "L1", "L2", "MEAN_ABSOLUTE_ERROR", "SQUARED_HINGE", "KL_DIVERGENCE", "POISSON"})
    void maskedEntriesOfASoftmaxHold(LossFunction loss) {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network =
                network(fresh, Activation.TANH.getActivationFunction(), loss.getILossFunction(), Activation.SOFTMAX);
        INDArray labels = fresh.positive(DataType.DOUBLE, EXAMPLES, OUTPUTS);
        INDArray entries = fresh.bits(DataType.DOUBLE, EXAMPLES, OUTPUTS);
        new Contract(network, probe(fresh, labels, entries), fresh, loss + " of masked entries of a softmax")
                .holdRunning();
    }

    @Test
    void lossLayerHolds() {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(OUTPUTS)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        new Contract(fresh.parameters(network), classes(fresh, null), fresh, "loss layer").hold();
    }

    @Test
    void distanceFromCentresHolds() {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .layer(new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(5)
                        .nOut(OUTPUTS)
                        .lambda(0.3)
                        .build())
                .build());
        network.init();
        new Contract(fresh.parameters(network), classes(fresh, null), fresh, "centres").hold();
        Probe weighted = classes(fresh, fresh.positive(DataType.DOUBLE, EXAMPLES, 1));
        assertThatThrownBy(() -> CompiledObjective.of(network, weighted, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("other values than 0 and 1");
    }

    private static Probe classes(Fresh fresh, @Nullable INDArray mask) {
        return probe(fresh, fresh.oneHot(DataType.DOUBLE, EXAMPLES, OUTPUTS), mask);
    }

    private static Probe probe(Fresh fresh, INDArray labels, @Nullable INDArray mask) {
        INDArray features = fresh.normal(DataType.DOUBLE, EXAMPLES, INPUTS);
        return Probe.of(new MultiDataSet(
                new INDArray[] {features}, new INDArray[] {labels}, null, mask == null ? null : new INDArray[] {mask}));
    }

    private static MultiLayerNetwork network(
            Fresh fresh, IActivation hidden, ILossFunction loss, Activation activation) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(5)
                        .activation(hidden)
                        .build())
                .layer(new DenseLayer.Builder().nOut(5).activation(hidden).build())
                .layer(new OutputLayer.Builder(loss)
                        .activation(activation)
                        .nOut(OUTPUTS)
                        .build())
                .validateOutputLayerConfig(false)
                .build());
        network.init();
        return fresh.parameters(network);
    }
}
