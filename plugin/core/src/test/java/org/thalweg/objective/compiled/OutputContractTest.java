package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.internal.rule.Rules;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.LossRule;

/** The contract for each activation function and each loss, with weights and masks, in small dense networks. */
class OutputContractTest {

    private static final int EXAMPLES = 6;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 4;

    /** Dense networks are the same function in both modes; this one has a gradient in Deeplearning4j, too. */
    private static final ObjectiveOptions BATCH = ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH);

    /** All that have a rule, those of {@link Sine} among them, which is nowhere else. */
    static Stream<Class<?>> activations() {
        return Rules.covered(ActivationRule.class).stream().sorted(Comparator.comparing(Class::getName));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void hiddenActivationHolds(Class<? extends IActivation> type) throws ReflectiveOperationException {
        Fresh fresh = Fresh.start();
        IActivation hidden = type.getDeclaredConstructor().newInstance();
        MultiLayerNetwork network = network(fresh, hidden, new LossMCXENT(), Activation.SOFTMAX);
        new Contract(network, classes(fresh, null), fresh, "hidden " + type.getSimpleName()).hold();
    }

    @Test
    void rulesOutsideTheLibraryAreFound() {
        assertThat(Rules.covered(ActivationRule.class)).contains(Sine.class).hasSizeGreaterThan(12);
    }

    @Test
    void leakyReluOfAnySlopeHolds() {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = network(fresh, new ActivationLReLU(0.3), new LossMCXENT(), Activation.SOFTMAX);
        new Contract(network, classes(fresh, null), fresh, "leakyrelu 0.3").hold();
    }

    /** The activations that a loss is tried with; for others than these, {@link #OTHERWISE}. */
    private static final Map<Class<?>, List<Activation>> ACTIVATIONS = Map.of(
            LossMCXENT.class, List.of(Activation.SOFTMAX, Activation.SIGMOID),
            LossNegativeLogLikelihood.class, List.of(Activation.SOFTMAX),
            LossBinaryXENT.class, List.of(Activation.SIGMOID),
            LossMSE.class, List.of(Activation.IDENTITY, Activation.TANH, Activation.SOFTMAX, Activation.SIGMOID),
            LossL1.class, List.of(Activation.IDENTITY, Activation.TANH, Activation.SOFTMAX));

    private static final List<Activation> OTHERWISE = List.of(Activation.IDENTITY, Activation.TANH);

    /** All that have a rule, with weights where they can have some. */
    static Stream<Arguments> losses() {
        INDArray weights = Fresh.start().positive(DataType.DOUBLE, 1, OUTPUTS);
        return Rules.covered(LossRule.class).stream()
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> ACTIVATIONS.getOrDefault(type, OTHERWISE).stream()
                        .flatMap(activation -> Stream.of(
                                Arguments.of(loss(type), activation), Arguments.of(loss(type, weights), activation))));
    }

    private static ILossFunction loss(Class<?> type, INDArray... weights) {
        Class<?>[] parameters = weights.length == 0 ? new Class<?>[0] : new Class<?>[] {INDArray.class};
        try {
            return (ILossFunction) type.getConstructor(parameters).newInstance((Object[]) weights);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " has no such constructor", e);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossHolds(ILossFunction loss, Activation activation) {
        Fresh fresh = Fresh.start();
        IActivation hidden = Activation.TANH.getActivationFunction();
        MultiLayerNetwork network = network(fresh, hidden, loss, activation);
        String what = loss + " of " + activation;
        new Contract(network, labelled(fresh, activation, null), fresh, what).hold();
        INDArray rows = fresh.bits(DataType.DOUBLE, EXAMPLES, 1);
        new Contract(network, labelled(fresh, activation, rows), fresh, what + ", examples masked").hold(BATCH);
        if (activation != Activation.SOFTMAX) {
            INDArray entries = fresh.bits(DataType.DOUBLE, EXAMPLES, OUTPUTS);
            new Contract(network, labelled(fresh, activation, entries), fresh, what + ", entries masked").hold(BATCH);
        }
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
    void eluOfAnyAsymptoteHasTheDerivativesOfItsValue() {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = network(fresh, new ActivationELU(0.7), new LossMCXENT(), Activation.SOFTMAX);
        // Deeplearning4j's gradient leaves the asymptote out: compared is everything else.
        new Contract(network, classes(fresh, null), fresh, "elu 0.7").holdRunning();
    }

    private static Probe labelled(Fresh fresh, Activation activation, @Nullable INDArray mask) {
        return switch (activation) {
            case SOFTMAX -> classes(fresh, mask);
            case SIGMOID -> probe(fresh, fresh.bits(DataType.DOUBLE, EXAMPLES, OUTPUTS), mask);
            default -> probe(fresh, fresh.normal(DataType.DOUBLE, EXAMPLES, OUTPUTS), mask);
        };
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
