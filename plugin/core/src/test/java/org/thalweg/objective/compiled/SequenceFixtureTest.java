package org.thalweg.objective.compiled;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Networks over sequences against PyTorch's automatic differentiation, with the reference values of
 * {@code make_sequences.py}.
 */
class SequenceFixtureTest extends PeerFixtureContract {

    private static final int SIZE = 4;
    private static final int CLASSES = 3;
    private static final int WORDS = 6;
    private static final InputType SEQUENCES = InputType.recurrent(2, 6);

    static Stream<Fixture> cases() {
        return Fixture.read("sequences");
    }

    @Override
    Model network(Fixture fixture, DataType type) {
        return switch (fixture.name()) {
            case "sequences/lstm" -> chain(type, SEQUENCES, lstm(), lstm(), steps());
            case "sequences/bidirectional" -> chain(type, SEQUENCES, new Bidirectional(lstm()), steps());
            case "sequences/masked-last" -> chain(type, SEQUENCES, new LastTimeStep(lstm()), vector());
            case "sequences/seq2seq" -> sequenceToSequence(type);
            case "sequences/causal" -> chain(type, SEQUENCES, causal(), steps());
            case "sequences/self-attention" ->
                chain(
                        type,
                        SEQUENCES,
                        lstm(),
                        new SelfAttentionLayer.Builder()
                                .nOut(SIZE)
                                .nHeads(2)
                                .projectInput(true)
                                .build(),
                        new GlobalPoolingLayer(PoolingType.AVG),
                        vector());
            case "sequences/learned-attention" ->
                chain(
                        type,
                        SEQUENCES,
                        new LearnedSelfAttentionLayer.Builder()
                                .nOut(SIZE)
                                .nHeads(2)
                                .nQueries(3)
                                .projectInput(true)
                                .build(),
                        new GlobalPoolingLayer(PoolingType.AVG),
                        vector());
            case "sequences/recurrent-attention" ->
                chain(
                        type,
                        SEQUENCES,
                        new RecurrentAttentionLayer.Builder()
                                .nOut(SIZE)
                                .nHeads(2)
                                .projectInput(true)
                                .build(),
                        new GlobalPoolingLayer(PoolingType.AVG),
                        vector());
            case "sequences/embedding" ->
                chain(
                        type,
                        InputType.recurrent(WORDS, 6),
                        new EmbeddingSequenceLayer.Builder()
                                .nOut(2)
                                .inputLength(6)
                                .activation(Activation.IDENTITY)
                                .build(),
                        lstm(),
                        new GlobalPoolingLayer(PoolingType.AVG),
                        vector());
            default -> throw new IllegalArgumentException("no network for " + fixture);
        };
    }

    private static MultiLayerNetwork chain(DataType type, InputType input, Layer... layers) {
        ListBuilder list = builder(type).list();
        Stream.of(layers).forEach(list::layer);
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        return network;
    }

    private static ComputationGraph sequenceToSequence(DataType type) {
        GraphBuilder graph = builder(type)
                .graphBuilder()
                .addInputs("source", "target")
                .setInputTypes(SEQUENCES, InputType.recurrent(2, 4))
                .addLayer("encoder", lstm(), "source")
                .addVertex("last", new LastTimeStepVertex("source"), "encoder")
                .addVertex("repeated", new DuplicateToTimeSeriesVertex("target"), "last")
                .addVertex("read", new MergeVertex(), "target", "repeated")
                .addLayer("decoder", lstm(), "read")
                .addLayer("out", steps(), "decoder")
                .setOutputs("out");
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }

    private static NeuralNetConfiguration.Builder builder(DataType type) {
        return new NeuralNetConfiguration.Builder().dataType(type).activation(Activation.TANH);
    }

    private static Layer lstm() {
        return new LSTM.Builder().nOut(SIZE).build();
    }

    private static Layer causal() {
        return new Convolution1DLayer.Builder(3)
                .dilation(2)
                .convolutionMode(ConvolutionMode.Causal)
                .nOut(SIZE)
                .build();
    }

    private static Layer steps() {
        return new RnnOutputLayer.Builder()
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build();
    }

    private static Layer vector() {
        return new OutputLayer.Builder()
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build();
    }
}
