package org.thalweg.objective.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Layers that DL4J lets overwrite their input: in training it copies, so its score in training mode is the truth. */
class OverwrittenInputTest {

    private static final long SEED = Seeds.fresh("OverwrittenInputTest");

    private final DataSet data = Networks.data(12, SEED, 6);

    static Stream<Layer> overwriting() {
        return Stream.of(
                new ActivationLayer(Activation.TANH),
                new PReLULayer.Builder().inputShape(6).build());
    }

    @ParameterizedTest
    @MethodSource("overwriting")
    void theProbeIsLeftAsItWas(Layer layer) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                builder(DataType.DOUBLE).list().layer(layer).layer(output(6)).build());
        network.init();
        INDArray features = data.getFeatures().dup();
        holds(network, network.score(copy(), true), layer);
        assertThat(data.getFeatures()).as("features, seed %d", SEED).isEqualTo(features);
    }

    @ParameterizedTest
    @MethodSource("overwriting")
    void otherVerticesReadTheValueItself(Layer layer) {
        ComputationGraph graph = branching(DataType.DOUBLE, layer);
        holds(graph, graph.score(copy(), true), layer);
    }

    @ParameterizedTest
    @MethodSource("overwriting")
    void frozenLayersOverwriteNothing(Layer layer) {
        ComputationGraph trained = branching(DataType.DOUBLE, layer);
        ComputationGraph frozen = branching(DataType.DOUBLE, new FrozenLayer(layer));
        frozen.setParams(trained.params());
        holds(frozen, trained.score(copy(), true), layer);
    }

    /** The Hessian's network is a conversion, by way of DL4J's JSON. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void hessianIsThatOfTheSameFunction(DataType type) {
        ComputationGraph graph = branching(type, new ActivationLayer(Activation.TANH));
        NetworkObjective objective = NetworkObjective.of(graph, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(graph.params()).castTo(DataType.DOUBLE);
        assertThat(objective.hessianAt(theta).multiply(theta).norm2Number().doubleValue())
                .as("seed %d", SEED)
                .isPositive()
                .isFinite();
    }

    private void holds(Model network, double expected, Layer layer) {
        NetworkObjective objective = NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        for (int pass = 0; pass < 2; pass++) {
            assertThat(objective.evaluate(theta).loss())
                    .as("pass %d, %s, seed %d", pass, layer, SEED)
                    .isCloseTo(expected, within(1e-12 * (1 + expected)));
        }
    }

    private DataSet copy() {
        return new DataSet(data.getFeatures().dup(), data.getLabels().dup());
    }

    private ComputationGraph branching(DataType type, Layer layer) {
        ComputationGraph graph = new ComputationGraph(builder(type)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "hidden",
                        new DenseLayer.Builder()
                                .nIn(6)
                                .nOut(6)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "in")
                .addLayer("activation", layer, "hidden")
                .addVertex("both", new MergeVertex(), "activation", "hidden", "in")
                .addLayer("out", output(18), "both")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static NeuralNetConfiguration.Builder builder(DataType type) {
        return new NeuralNetConfiguration.Builder().dataType(type).seed(SEED);
    }

    private OutputLayer output(int inputs) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(inputs)
                .nOut((int) data.getLabels().size(1))
                .activation(Activation.SOFTMAX)
                .build();
    }
}
