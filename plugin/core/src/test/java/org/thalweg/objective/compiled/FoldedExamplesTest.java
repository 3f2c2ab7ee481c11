package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** The contract where Deeplearning4j makes examples of the steps of sequences, or of the pixels of blocks. */
class FoldedExamplesTest {

    private static final int EXAMPLES = 4;
    private static final int TIME = 3;
    private static final int CLASSES = 3;

    private final Fresh fresh = Fresh.start();

    /** The layers that are tried here alone. */
    static Set<Class<?>> tried() {
        return Set.of(SpaceToBatchLayer.class);
    }

    @Test
    void imagesAtEachStepHold() {
        MultiLayerNetwork network =
                finish(ofImages().layer(new LSTM.Builder().nOut(3).build()).layer(loss()));
        new Contract(network, probe(null), fresh, "images between sequences").hold();
        INDArray mask = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        new Contract(network, probe(mask), fresh, "images between sequences, labels masked").hold();
    }

    @Test
    void vectorsOfImagesAtEachStepHold() {
        MultiLayerNetwork network = finish(ofImages()
                .layer(new DenseLayer.Builder().nOut(4).build())
                .layer(new LSTM.Builder().nOut(3).build())
                .layer(loss())
                .inputPreProcessor(3, new CnnToFeedForwardPreProcessor(2, 2, 3))
                .inputPreProcessor(4, new FeedForwardToRnnPreProcessor()));
        new Contract(network, probe(null), fresh, "images and vectors between sequences").hold();
    }

    @Test
    void pooledImagesAtEachStepHold() {
        MultiLayerNetwork network = finish(ofImages()
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(loss())
                .inputPreProcessor(4, new FeedForwardToRnnPreProcessor()));
        new Contract(network, probe(null), fresh, "pooled images as sequences").hold();
    }

    @Test
    void eachStepHasItsOwnDropout() {
        MultiLayerNetwork network = finish(builder()
                .layer(convolution().dropOut(0.6).build())
                .layer(loss())
                .inputPreProcessor(0, new RnnToCnnPreProcessor(3, 3, 2)));
        ObjectiveOptions training = ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.TRAINING);
        new Contract(network, probe(null), fresh, "images with dropout between sequences").holdDerivatives(training);
    }

    @Test
    void pixelsOfBlocksHold() {
        for (int[][] padding : new int[][][] {{{0, 0}, {0, 0}}, {{1, 1}, {0, 3}}}) {
            ComputationGraph graph = blocks(new SpaceToBatchLayer.Builder<>(new int[] {2, 3}, padding).build());
            Probe probe = Probe.of(
                    fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 4, 6), fresh.oneHot(DataType.DOUBLE, EXAMPLES, CLASSES));
            new Contract(graph, probe, fresh, "blocks, padded by " + padding[1][1]).hold();
        }
    }

    @Test
    void lossesOfFoldedStepsAreRefused() {
        MultiLayerNetwork network = finish(ofImages()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(CLASSES)
                        .build())
                .inputPreProcessor(3, new CnnToFeedForwardPreProcessor(2, 2, 3)));
        Probe probe = Probe.of(
                fresh.normal(DataType.DOUBLE, EXAMPLES, 18, TIME), fresh.oneHot(DataType.DOUBLE, EXAMPLES, CLASSES));
        assertThatThrownBy(() -> CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("folded into the examples");
    }

    @Test
    void preprocessorsOfAUserAreRefused() {
        MultiLayerNetwork network = finish(ofImages()
                .layer(new DenseLayer.Builder().nOut(4).build())
                .layer(loss())
                .inputPreProcessor(3, new Flattening())
                .inputPreProcessor(4, new FeedForwardToRnnPreProcessor()));
        assertThatThrownBy(() -> CompiledObjective.of(network, probe(null), ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("the preprocessor Flattening, which is not covered");
    }

    /** Could do anything. */
    private static final class Flattening extends CnnToFeedForwardPreProcessor {

        private static final long serialVersionUID = 1;

        Flattening() {
            super(2, 2, 3);
        }
    }

    private static ListBuilder builder() {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .list();
    }

    /** Images of 2 channels at each step, 3 x 3, which become 2 x 2 of 3 channels. */
    private static ListBuilder ofImages() {
        return builder()
                .layer(new SimpleRnn.Builder().nOut(18).build())
                .layer(convolution().build())
                .layer(new BatchNormalization())
                .inputPreProcessor(1, new RnnToCnnPreProcessor(3, 3, 2));
    }

    private static ConvolutionLayer.Builder convolution() {
        return new ConvolutionLayer.Builder(2, 2).nOut(3);
    }

    private static Layer loss() {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build();
    }

    private MultiLayerNetwork finish(ListBuilder list) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.recurrent(18, TIME)).build());
        network.init();
        return fresh.parameters(network);
    }

    private Probe probe(@Nullable INDArray labelsMask) {
        return Probe.of(new DataSet(
                fresh.normal(DataType.DOUBLE, EXAMPLES, 18, TIME),
                fresh.oneHotSteps(DataType.DOUBLE, EXAMPLES, CLASSES, TIME),
                null,
                labelsMask));
    }

    private ComputationGraph blocks(SpaceToBatchLayer layer) {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(4, 6, 2))
                .addLayer("before", new ConvolutionLayer.Builder(1, 1).nOut(3).build(), "in")
                .addLayer("blocks", layer, "before")
                .addLayer("within", new ConvolutionLayer.Builder(2, 1).nOut(3).build(), "blocks")
                .addLayer("normalized", new BatchNormalization(), "within")
                .addLayer(
                        "pooled",
                        new SubsamplingLayer.Builder(1, 2).stride(1, 1).build(),
                        "normalized")
                .addVertex("second", new UnstackVertex(1, 6), "pooled")
                .addVertex("last half", new UnstackVertex(1, 2), "pooled")
                .addVertex("fourth", new UnstackVertex(0, 3), "last half")
                .addVertex("both", new MergeVertex(), "second", "fourth")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nOut(CLASSES)
                                .build(),
                        "both")
                .setOutputs("out")
                .build());
        graph.init();
        return fresh.parameters(graph);
    }
}
