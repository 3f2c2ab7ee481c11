package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Same;

import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.internal.rule.Rules;
import org.thalweg.objective.compiled.spi.VertexRule;

/** The contract for vertices, branches, and several inputs and outputs. */
class GraphContractTest {

    private static final int EXAMPLES = 5;

    private static final Map<String, GraphVertex> VERTICES = Map.of(
            "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add),
            "difference", new ElementWiseVertex(ElementWiseVertex.Op.Subtract),
            "average", new ElementWiseVertex(ElementWiseVertex.Op.Average),
            "product", new ElementWiseVertex(ElementWiseVertex.Op.Product),
            "merge", new MergeVertex());

    static Stream<String> vertices() {
        return VERTICES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("vertices")
    void vertexHolds(String name) {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("a", convolution(3), "in")
                .addLayer("b", convolution(3), "in")
                .addVertex("both", requireNonNull(VERTICES.get(name)).clone(), "a", "b");
        new Contract(finish(builder, "both", fresh), probe(fresh), fresh, "vertex " + name).hold();
    }

    @Test
    void everyVertexThatHasARuleIsHere() {
        assertThat(Stream.concat(
                        VERTICES.values().stream().map(GraphVertex::getClass), SequenceGraphTest.tried().stream()))
                .containsAll(Rules.covered(VertexRule.class).stream()
                        .map(type -> type.asSubclass(GraphVertex.class))
                        .toList());
    }

    @Test
    void productOfThreeHolds() {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("a", convolution(3), "in")
                .addLayer("b", convolution(3), "a")
                .addLayer("c", convolution(3), "in")
                .addVertex("all", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b", "c");
        new Contract(finish(builder, "all", fresh), probe(fresh), fresh, "product of three").hold();
    }

    @Test
    void mergeHolds() {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("a", convolution(3), "in")
                .addLayer("b", convolution(2), "a")
                .addVertex("all", new MergeVertex(), "a", "in", "b");
        new Contract(finish(builder, "all", fresh), probe(fresh), fresh, "merge with the input").hold();
    }

    @Test
    void residualBlockHolds() {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("first", linear(3), "in")
                .addLayer("norm", new BatchNormalization(), "first")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                .addLayer("second", linear(3), "relu")
                .addLayer("norm2", new BatchNormalization(), "second")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "norm2", "relu")
                .addLayer("out relu", new ActivationLayer(Activation.RELU), "sum");
        new Contract(finish(builder, "out relu", fresh), probe(fresh), fresh, "residual block").hold();
    }

    @Test
    void severalInputsAndOutputsHold() {
        Fresh fresh = Fresh.start();
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("x", "y")
                .addLayer("one", new DenseLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addLayer("two", new DenseLayer.Builder().nIn(2).nOut(4).build(), "y")
                .addVertex("merged", new MergeVertex(), "one", "two")
                .addLayer(
                        "classes",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nIn(8)
                                .nOut(3)
                                .build(),
                        "merged")
                .addLayer(
                        "numbers",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .nIn(4)
                                .nOut(2)
                                .build(),
                        "one")
                .setOutputs("classes", "numbers")
                .build());
        graph.init();
        Probe probe = Probe.of(new MultiDataSet(
                new INDArray[] {fresh.normal(DataType.DOUBLE, EXAMPLES, 3), fresh.normal(DataType.DOUBLE, EXAMPLES, 2)},
                new INDArray[] {fresh.oneHot(DataType.DOUBLE, EXAMPLES, 3), fresh.normal(DataType.DOUBLE, EXAMPLES, 2)},
                null,
                new INDArray[] {fresh.bits(DataType.DOUBLE, EXAMPLES, 1), fresh.bits(DataType.DOUBLE, EXAMPLES, 1)}));
        new Contract(fresh.parameters(graph), probe, fresh, "two inputs, two outputs, masked").hold();
    }

    private static GraphBuilder images(Fresh fresh) {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(fresh.seed())
                .activation(Activation.TANH)
                .convolutionMode(Same)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(4, 5, 2));
    }

    private static ConvolutionLayer convolution(int maps) {
        return new ConvolutionLayer.Builder(3, 2).nOut(maps).build();
    }

    private static ConvolutionLayer linear(int maps) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(maps)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static ComputationGraph finish(GraphBuilder builder, String last, Fresh fresh) {
        ComputationGraph graph =
                new ComputationGraph(builder.addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), last)
                        .addLayer(
                                "out",
                                new OutputLayer.Builder(LossFunction.MCXENT)
                                        .activation(Activation.SOFTMAX)
                                        .nOut(4)
                                        .build(),
                                "pool")
                        .setOutputs("out")
                        .build());
        graph.init();
        return fresh.parameters(graph);
    }

    private static Probe probe(Fresh fresh) {
        return Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 4, 5), fresh.oneHot(DataType.DOUBLE, EXAMPLES, 4));
    }
}
