package org.thalweg.objective.compiled;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Probe;

/** What is done with all axes of an example is done with each step between dense layers, whose examples are steps. */
@ExtendWith(DoubleByDefault.class)
class StepsAsExamplesTest {

    private static final int EXAMPLES = 3;
    private static final int TIME = 4;

    private final Fresh fresh = Fresh.start();

    private static Map<String, Layer> layers() {
        Map<String, Layer> layers = new TreeMap<>();
        layers.put("softmax", new ActivationLayer(Activation.SOFTMAX));
        layers.put("tanh", new ActivationLayer(Activation.TANH));
        layers.put("slopes", new PReLULayer.Builder().inputShape(4).build());
        layers.put(
                "factors",
                new ElementWiseMultiplicationLayer.Builder()
                        .nIn(4)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build());
        layers.put("normalization", new BatchNormalization());
        return layers;
    }

    static Stream<String> names() {
        return layers().keySet().stream();
    }

    /** After a dense layer, and after a recurrent one, where examples are whole sequences. */
    @ParameterizedTest
    @MethodSource("names")
    void layersHold(String name) {
        for (int time : new int[] {TIME, 1}) {
            Sequences sequences = Sequences.of(fresh, EXAMPLES, time);
            new Contract(
                            sequences.toSteps(lstm(), dense(), layers().getOrDefault(name, dense())),
                            sequences.steps(null, sequences.mask()),
                            fresh,
                            name + " of each of " + time + " steps")
                    .hold();
        }
    }

    private static Map<String, GraphVertex> vertices() {
        Map<String, GraphVertex> vertices = new TreeMap<>();
        vertices.put("normalized", new L2NormalizeVertex());
        vertices.put("normalized over channels", new L2NormalizeVertex(new int[] {1}, 1e-8));
        vertices.put("part", new SubsetVertex(1, 2));
        vertices.put("distance", new L2Vertex());
        vertices.put("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add));
        vertices.put("product", new ElementWiseVertex(ElementWiseVertex.Op.Product));
        vertices.put("merged", new MergeVertex());
        return vertices;
    }

    static Stream<String> vertexNames() {
        return vertices().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("vertexNames")
    void verticesHold(String name) {
        for (RNNFormat format : RNNFormat.values()) {
            Sequences sequences = Sequences.of(fresh, EXAMPLES, TIME).in(format);
            Probe probe = sequences.steps(null, sequences.mask());
            new Contract(graph(name, format), probe, fresh, name + " of each step, " + format).holdRunning();
        }
    }

    private ComputationGraph graph(String name, RNNFormat format) {
        GraphVertex vertex = vertices().getOrDefault(name, new MergeVertex());
        boolean one = vertex instanceof L2NormalizeVertex || vertex instanceof SubsetVertex;
        String[] read = one ? new String[] {"b"} : new String[] {"a", "b"};
        GraphBuilder builder = SmallArchitectures.builder(Activation.TANH)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(Sequences.INPUTS, TIME, format))
                .addLayer("a", dense(), "in")
                .addLayer("b", dense(), one ? "a" : "in")
                .addVertex("vertex", vertex, read)
                .addLayer("after", dense(), "vertex")
                .addVertex("steps", new PreprocessorVertex(new FeedForwardToRnnPreProcessor(format)), "after")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nOut(Sequences.CLASSES)
                                .dataFormat(format)
                                .build(),
                        "steps")
                .setOutputs("out");
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return fresh.parameters(graph);
    }

    private static Layer lstm() {
        return new LSTM.Builder().nOut(3).build();
    }

    private static Layer dense() {
        return new DenseLayer.Builder().nOut(4).build();
    }
}
