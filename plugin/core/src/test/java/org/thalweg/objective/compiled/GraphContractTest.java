package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Same;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
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
import org.junit.jupiter.params.provider.EnumSource;
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

    private static final Map<String, GraphVertex> VERTICES = Map.ofEntries(
            Map.entry("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add)),
            Map.entry("difference", new ElementWiseVertex(ElementWiseVertex.Op.Subtract)),
            Map.entry("average", new ElementWiseVertex(ElementWiseVertex.Op.Average)),
            Map.entry("product", new ElementWiseVertex(ElementWiseVertex.Op.Product)),
            Map.entry("maximum", new ElementWiseVertex(ElementWiseVertex.Op.Max)),
            Map.entry("merge", new MergeVertex()));

    /** Vertices of one input. */
    private static final Map<String, GraphVertex> SINGLE = Map.ofEntries(
            Map.entry("scale", new ScaleVertex(0.7)),
            Map.entry("shift", new ShiftVertex(-0.4)),
            Map.entry("pool helper", new PoolHelperVertex()),
            Map.entry("normalize", new L2NormalizeVertex()),
            Map.entry("normalize channels", new L2NormalizeVertex(new int[] {1}, 1e-8)),
            Map.entry("normalize columns", new L2NormalizeVertex(new int[] {2}, 1e-8)),
            Map.entry("reshape, first axis first", new ReshapeVertex('f', new int[] {-1, 5, 3, 4}, null)),
            Map.entry("reshape", new ReshapeVertex(-1, 5, 3, 4)),
            Map.entry("reshape to vectors", new ReshapeVertex(-1, 60)),
            Map.entry("frozen", new FrozenVertex(new ScaleVertex(0.7))));

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

    /** Those whose gradient Deeplearning4j cannot compute here, in double or at all. */
    private static final Set<String> WITHOUT_GRADIENT =
            Set.of("frozen", "pool helper", "normalize channels", "normalize columns");

    static Stream<String> singles() {
        return SINGLE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("singles")
    void vertexOfOneInputHolds(String name) {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("a", convolution(3), "in")
                .addVertex("changed", requireNonNull(SINGLE.get(name)).clone(), "a");
        boolean vectors = name.endsWith("vectors");
        ComputationGraph graph = vectors ? finishVectors(builder, "changed", fresh) : finish(builder, "changed", fresh);
        Contract contract = new Contract(graph, probe(fresh), fresh, "vertex " + name);
        // Deeplearning4j's normalization works in the default type alone.
        DefaultDouble.run(WITHOUT_GRADIENT.contains(name) ? contract::holdRunning : contract::hold);
    }

    /** One number per example, from all of its elements. */
    @ParameterizedTest
    @EnumSource(ElementWiseVertex.Op.class)
    void axesOfSizeOneStandForAnySize(ElementWiseVertex.Op op) {
        Fresh fresh = Fresh.start();
        for (String[] order : new String[][] {{"vectors", "numbers"}, {"numbers", "vectors"}}) {
            ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                    .dataType(DataType.DOUBLE)
                    .activation(Activation.TANH)
                    .graphBuilder()
                    .addInputs("in")
                    .addLayer("vectors", new DenseLayer.Builder().nIn(3).nOut(5).build(), "in")
                    .addLayer("numbers", new DenseLayer.Builder().nIn(3).nOut(1).build(), "in")
                    .addVertex("all", new ElementWiseVertex(op), order)
                    .addLayer(
                            "out",
                            new OutputLayer.Builder()
                                    .activation(Activation.SOFTMAX)
                                    .nIn(5)
                                    .nOut(2)
                                    .build(),
                            "all")
                    .setOutputs("out")
                    .build());
            graph.init();
            Probe probe =
                    Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, 3), fresh.oneHot(DataType.DOUBLE, EXAMPLES, 2));
            new Contract(fresh.parameters(graph), probe, fresh, op + " of " + order[0] + " and " + order[1])
                    .holdRunning();
        }
    }

    @Test
    void subsetHolds() {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("a", new DenseLayer.Builder().nOut(5).build(), "in")
                .addVertex("subset", new SubsetVertex(1, 3), "a");
        new Contract(finishVectors(builder, "subset", fresh), probe(fresh), fresh, "subset").hold();
    }

    @Test
    void distanceHolds() {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("a", convolution(3), "in")
                .addLayer("b", convolution(3), "in")
                .addVertex("distance", new L2Vertex(), "a", "b");
        new Contract(finishVectors(builder, "distance", fresh), probe(fresh), fresh, "distance").hold();
    }

    /** A siamese network: stacked inputs go through the same layers and are then compared. */
    @Test
    void stackHolds() {
        Fresh fresh = Fresh.start();
        GraphBuilder builder = images(fresh)
                .addLayer("a", convolution(3), "in")
                .addLayer("b", convolution(3), "a")
                .addLayer("c", convolution(3), "in")
                .addVertex("stack", new StackVertex(), "a", "b", "c")
                .addLayer("shared", convolution(2), "stack")
                .addVertex("first", new UnstackVertex(0, 3), "shared")
                .addVertex("last", new UnstackVertex(2, 3), "shared")
                .addVertex("both", new MergeVertex(), "first", "last");
        new Contract(finish(builder, "both", fresh), probe(fresh), fresh, "stack").hold();
    }

    @Test
    void everyVertexThatHasARuleIsHere() {
        Stream<? extends Class<?>> tried = Stream.of(
                        VERTICES.values(), SINGLE.values(), List.of(new L2Vertex(), new SubsetVertex(0, 1)))
                .flatMap(Collection::stream)
                .map(GraphVertex::getClass);
        assertThat(Stream.concat(tried, SequenceGraphTest.tried().stream()))
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
        return finishVectors(builder.addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), last), "pool", fresh);
    }

    private static ComputationGraph finishVectors(GraphBuilder builder, String last, Fresh fresh) {
        ComputationGraph graph = new ComputationGraph(builder.addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nOut(4)
                                .build(),
                        last)
                .setOutputs("out")
                .build());
        graph.init();
        return fresh.parameters(graph);
    }

    private static Probe probe(Fresh fresh) {
        return Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 4, 5), fresh.oneHot(DataType.DOUBLE, EXAMPLES, 4));
    }
}
