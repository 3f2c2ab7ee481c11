package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
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
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Networks in which one layer alone knows the format, and masks that are handed on without masking anything. */
class FormatsAndMasksTest {

    private static final int STEPS = 5;

    private final long seed = Seeds.fresh("FormatsAndMasksTest");
    private final Random random = new Random(seed);

    static Stream<Layer> normalizations() {
        return Stream.of(
                new BatchNormalization(),
                new LocalResponseNormalization.Builder()
                        .n(3)
                        .k(1.5)
                        .alpha(0.1)
                        .beta(0.75)
                        .build());
    }

    /** As high as it has channels, so that the wrong axis fits. */
    @ParameterizedTest
    @MethodSource("normalizations")
    void aNormalizationAloneKnowsTheFormatOfImages(Layer layer) {
        MultiLayerNetwork network = network(
                InputType.convolutional(3, 4, 3, CNN2DFormat.NHWC),
                layer,
                new OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.TANH));
        // Statistics that differ between channels.
        network.params().addi(Networks.normal(random, network.params().shape()).muli(0.3));
        network.params().muli(network.params());
        DataSet data = new DataSet(Networks.normal(random, 4, 3, 4, 3), Networks.normal(random, 4, 2));
        expectScore(network, data);
    }

    static Stream<Layer> windows() {
        return Stream.of(
                new Convolution1DLayer.Builder()
                        .kernelSize(2)
                        .nOut(2)
                        .convolutionMode(ConvolutionMode.Causal)
                        .activation(Activation.TANH)
                        .build(),
                new Convolution1DLayer.Builder()
                        .kernelSize(1)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build(),
                pool(SubsamplingLayer.PoolingType.MAX),
                pool(SubsamplingLayer.PoolingType.AVG));
    }

    private static Layer pool(SubsamplingLayer.PoolingType type) {
        return new Subsampling1DLayer.Builder(type)
                .kernelSize(2)
                .stride(1)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    /** Gaps, not only padding. */
    @ParameterizedTest
    @MethodSource("windows")
    void convolutionsAndPoolsOfSequencesHandAMaskOnAndMaskNothing(Layer layer) {
        MultiLayerNetwork network = network(
                InputType.recurrent(3, STEPS),
                layer,
                new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.TANH));
        // DL4J cannot reduce a mask in double precision.
        INDArray mask = Nd4j.createFromArray(new float[][] {{0, 1, 0, 1, 0}, {1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}});
        INDArray features = Networks.normal(random, 3, 3, STEPS);
        INDArray labels = Networks.normal(random, 3, 2, STEPS);
        expectScore(network, new DataSet(features, labels, mask, null));
    }

    /** Deeplearning4j's softmax goes over the last axis, whatever that is. */
    @Test
    void aSoftmaxOfSequencesGoesOverTime() {
        for (Layer layer : new Layer[] {
            new ActivationLayer(Activation.SOFTMAX),
            new Convolution1DLayer.Builder()
                    .kernelSize(1)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build(),
            new LocallyConnected1D.Builder()
                    .kernelSize(2)
                    .nOut(2)
                    .setInputSize(STEPS)
                    .activation(Activation.SOFTMAX)
                    .build()
        }) {
            MultiLayerNetwork network = network(
                    InputType.recurrent(3, STEPS),
                    layer,
                    new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.TANH));
            INDArray features = Networks.normal(random, 3, 3, STEPS);
            INDArray labels = Networks.normal(random, network.output(features).shape());
            expectScore(network, new DataSet(features, labels));
        }
    }

    /** As high as it has channels, so that the wrong axis fits. */
    @Test
    void aSubsetIsOfTheFirstAxisWhateverTheFormat() {
        subset(
                new ConvolutionLayer.Builder(1, 1)
                        .nIn(2)
                        .nOut(4)
                        .dataFormat(CNN2DFormat.NHWC)
                        .build(),
                Networks.normal(random, 3, 4, 5, 2),
                1,
                2);
        subset(
                new SimpleRnn.Builder().nIn(2).nOut(4).dataFormat(RNNFormat.NWC).build(),
                Networks.normal(random, 3, 4, 2),
                1);
    }

    private void subset(Layer first, INDArray features, int... pooled) {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(seed)
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", first, "in")
                .addVertex("subset", new SubsetVertex(1, 2), "first")
                .addLayer(
                        "pool",
                        new GlobalPoolingLayer.Builder()
                                .poolingDimensions(pooled)
                                .build(),
                        "subset")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(4)
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build(),
                        "pool")
                .setOutputs("out")
                .build());
        graph.init();
        DataSet data = new DataSet(features, Networks.normal(random, 3, 2));
        expectScore(graph, data, graph.score(data.copy(), false));
    }

    /** Without the input's type, Deeplearning4j pools the last axes. */
    @Test
    void aPoolOverChannelsIsRefused() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(seed)
                .list()
                .layer(new ConvolutionLayer.Builder(1, 1)
                        .nIn(2)
                        .nOut(3)
                        .dataFormat(CNN2DFormat.NHWC)
                        .build())
                .layer(new GlobalPoolingLayer.Builder().build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build())
                .build());
        network.init();
        Probe probe = Probe.of(new DataSet(Networks.normal(random, 4, 3, 5, 2), Networks.normal(random, 4, 2)));
        assertThatThrownBy(() -> CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("pools over the dimensions after the second; only [1, 2]");
    }

    private MultiLayerNetwork network(InputType input, Layer layer, BaseOutputLayer.Builder<?> output) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(seed)
                .list()
                .layer(layer)
                .layer(output.build())
                .setInputType(input)
                .build());
        network.init();
        return network;
    }

    private void expectScore(MultiLayerNetwork network, DataSet data) {
        expectScore(network, data, network.score(data.copy(), false));
    }

    private void expectScore(Model network, DataSet data, double score) {
        CompiledObjective objective = CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        assertThat(objective.evaluate(objective.layout().pack(network.params())).loss())
                .as("seed %d", seed)
                .isCloseTo(score, within(1e-10 * (1 + Math.abs(score))));
    }
}
