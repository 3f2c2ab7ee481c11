package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.EnumSource;
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
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.thalweg.objective.Probe;

/** The contract for each activation function and each loss, with weights and masks, in small dense networks. */
class OutputContractTest {

    private static final int EXAMPLES = 6;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 4;

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {
                "IDENTITY",
                "RELU",
                "LEAKYRELU",
                "ELU",
                "SELU",
                "SOFTPLUS",
                "TANH",
                "SIGMOID",
                "HARDSIGMOID",
                "SWISH",
                "GELU",
                "SOFTMAX"
            })
    void hiddenActivationHolds(Activation activation) {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network =
                network(fresh, activation.getActivationFunction(), new LossMCXENT(), Activation.SOFTMAX);
        new Contract(network, classes(fresh, null), fresh, "hidden " + activation).hold();
    }

    @Test
    void leakyReluOfAnySlopeHolds() {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = network(fresh, new ActivationLReLU(0.3), new LossMCXENT(), Activation.SOFTMAX);
        new Contract(network, classes(fresh, null), fresh, "leakyrelu 0.3").hold();
    }

    static Stream<Arguments> losses() {
        Fresh fresh = Fresh.start();
        INDArray weights = fresh.positive(DataType.DOUBLE, 1, OUTPUTS);
        List<Arguments> losses = new ArrayList<>();
        for (ILossFunction cross : new ILossFunction[] {
            new LossMCXENT(), new LossMCXENT(weights), new LossNegativeLogLikelihood(), new LossMSE(), new LossL1()
        }) {
            losses.add(Arguments.of(cross, Activation.SOFTMAX));
        }
        for (ILossFunction binary : new ILossFunction[] {
            new LossBinaryXENT(), new LossBinaryXENT(weights), new LossMCXENT(), new LossMCXENT(weights), new LossMSE()
        }) {
            losses.add(Arguments.of(binary, Activation.SIGMOID));
        }
        for (ILossFunction regression : new ILossFunction[] {
            new LossMSE(),
            new LossMSE(weights),
            new LossL2(),
            new LossL2(weights),
            new LossL1(),
            new LossL1(weights),
            new LossMAE(),
            new LossMAE(weights)
        }) {
            losses.add(Arguments.of(regression, Activation.IDENTITY));
            losses.add(Arguments.of(regression, Activation.TANH));
        }
        return losses.stream();
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
        new Contract(network, labelled(fresh, activation, rows), fresh, what + ", examples masked").hold();
        if (activation != Activation.SOFTMAX) {
            INDArray entries = fresh.bits(DataType.DOUBLE, EXAMPLES, OUTPUTS);
            new Contract(network, labelled(fresh, activation, entries), fresh, what + ", entries masked").hold();
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
