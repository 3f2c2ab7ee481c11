package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** Windows that leave elements out, reach beyond the image or lie in the padding, and images of one channel. */
class OddWindowsTest {

    private static final int EXAMPLES = 3;
    private static final int WIDTH = 2;

    private final Fresh fresh = Fresh.start();

    /**
     * @param height of the image
     * @param channels before the layer
     */
    private record Case(int height, int channels, Layer layer) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new TreeMap<>();
        for (PoolingType type : new PoolingType[] {PoolingType.MAX, PoolingType.AVG}) {
            // The first element of three is in no window.
            cases.put("stride 3 of windows of 1, " + type, new Case(3, 2, same(type, 1, 3)));
            cases.put("stride 4 of windows of 1, " + type, new Case(7, 2, same(type, 1, 4)));
            cases.put("stride 4 of windows of 2, " + type, new Case(4, 2, same(type, 2, 4)));
            cases.put(
                    "a window larger than the image, " + type,
                    new Case(
                            1,
                            2,
                            pool(type)
                                    .kernelSize(2, 1)
                                    .stride(2, 1)
                                    .convolutionMode(ConvolutionMode.Truncate)
                                    .build()));
        }
        cases.put(
                "as much padding as filter",
                new Case(
                        4,
                        2,
                        new DepthwiseConvolution2D.Builder(1, 1)
                                .depthMultiplier(2)
                                .padding(1, 1)
                                .stride(1, 2)
                                .build()));
        cases.put("one channel", new Case(4, 1, separable(2, 2)));
        return cases;
    }

    static Stream<String> names() {
        return cases().keySet().stream();
    }

    /**
     * Deeplearning4j's backward pass refuses windows that leave the first elements out, and its gradient of a separable
     * convolution of one channel is another function's.
     */
    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        Case tried = cases().getOrDefault(name, new Case(1, 1, separable(1, 1)));
        MultiLayerNetwork network = network(tried.height, tried.channels, tried.layer);
        Contract contract = new Contract(network, probe(tried.height), fresh, name);
        if (name.startsWith("stride") || name.equals("one channel")) {
            contract.holdRunning();
        } else {
            contract.hold();
        }
    }

    @Test
    void whatIsNotDefinedIsRefused() {
        refused(
                "windows wholly in the padding",
                network(
                        4,
                        2,
                        pool(PoolingType.MAX)
                                .kernelSize(1, 1)
                                .padding(1, 1)
                                .stride(1, 1)
                                .convolutionMode(ConvolutionMode.Truncate)
                                .build()),
                probe(4));
        refused(
                "exceeds its kernel",
                network(
                        3,
                        2,
                        new Deconvolution2D.Builder(1, 1)
                                .stride(3, 1)
                                .convolutionMode(ConvolutionMode.Same)
                                .nOut(2)
                                .build()),
                probe(3));
        refused("unless they are equal", network(4, 1, separable(2, 3)), probe(4));
    }

    @Test
    void aLossOfStepsInNwcIsRefused() {
        Sequences sequences = Sequences.of(fresh, EXAMPLES, Sequences.CLASSES).in(RNNFormat.NWC);
        MultiLayerNetwork network = sequences.finish(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(new LSTM.Builder()
                        .nOut(Sequences.CLASSES)
                        .dataFormat(RNNFormat.NWC)
                        .build())
                .layer(new RnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.TANH)
                        .dataFormat(RNNFormat.NWC)
                        .build()));
        refused("compares Deeplearning4j's outputs with themselves", network, sequences.steps(null, null));
    }

    private static void refused(String reason, MultiLayerNetwork network, Probe probe) {
        assertThatThrownBy(() -> CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("layer1")
                .hasMessageContaining(reason);
    }

    /** A convolution to some channels, a layer, and an output. */
    private MultiLayerNetwork network(int height, int channels, Layer layer) {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(new ConvolutionLayer.Builder(1, 1).nOut(channels).build())
                .layer(layer)
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.TANH)
                        .nOut(2)
                        .build())
                .setInputType(InputType.convolutional(height, WIDTH, 2))
                .build());
        network.init();
        return fresh.parameters(network);
    }

    private Probe probe(int height) {
        return Probe.of(
                fresh.normal(DataType.DOUBLE, EXAMPLES, 2, height, WIDTH), fresh.normal(DataType.DOUBLE, EXAMPLES, 2));
    }

    private static Layer same(PoolingType type, int window, int stride) {
        return pool(type)
                .kernelSize(window, 1)
                .stride(stride, 1)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    private static SubsamplingLayer.Builder pool(PoolingType type) {
        return new SubsamplingLayer.Builder(type);
    }

    private static Layer separable(int multiplier, int outputs) {
        return new SeparableConvolution2D.Builder(2, 1)
                .depthMultiplier(multiplier)
                .nOut(outputs)
                .build();
    }
}
