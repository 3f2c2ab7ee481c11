package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.thalweg.objective.compiled.FixtureSemanticsTest.distance;

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
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks over sequences against PyTorch's automatic differentiation, as {@code make_sequences.py} has it. */
class SequenceFixtureTest {

    private static final int SIZE = 4;
    private static final int CLASSES = 3;
    private static final int WORDS = 6;
    private static final InputType SEQUENCES = InputType.recurrent(2, 6);

    static Stream<Fixture> cases() {
        return Fixture.read("sequences");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doublePrecision(Fixture fixture) {
        try (CompiledFixture compiled =
                CompiledFixture.of(fixture, network(fixture, DataType.DOUBLE), DataType.DOUBLE)) {
            assertThat(compiled.objective().evaluate(compiled.theta()).loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(1e-10 * fixture.loss()));
            assertThat(distance(compiled.gradient(), fixture.flatten(fixture.gradient())))
                    .as("gradient of %s", fixture)
                    .isLessThan(1e-9);
            assertThat(distance(compiled.product(), fixture.flatten(fixture.product())))
                    .as("Hessian-vector product of %s", fixture)
                    .isLessThan(1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecision(Fixture fixture) {
        try (CompiledFixture compiled = CompiledFixture.of(fixture, network(fixture, DataType.FLOAT), DataType.FLOAT)) {
            assertThat(compiled.objective().evaluate(compiled.theta()).loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(1e-5 * fixture.loss()));
            assertThat(distance(compiled.product(), fixture.flatten(fixture.product())))
                    .as("Hessian-vector product of %s", fixture)
                    .isLessThan(1e-3);
        }
    }

    private static Model network(Fixture fixture, DataType type) {
        Model model = switch (fixture.name()) {
            case "sequences/lstm" -> chain(type, SEQUENCES, lstm(), lstm(), steps());
            case "sequences/bidirectional" -> chain(type, SEQUENCES, new Bidirectional(lstm()), steps());
            case "sequences/masked-last" -> chain(type, SEQUENCES, new LastTimeStep(lstm()), vector());
            case "sequences/seq2seq" -> sequenceToSequence(type);
            case "sequences/causal" -> chain(type, SEQUENCES, causal(), steps());
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
        fixture.weights().forEach((key, value) -> {
            INDArray array = model.getParam(key);
            array.assign(value.castTo(type).reshape('c', array.shape()));
        });
        return model;
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
