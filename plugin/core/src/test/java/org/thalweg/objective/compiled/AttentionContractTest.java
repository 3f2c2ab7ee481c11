package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/**
 * The contract for attention, but for Deeplearning4j's gradient: its layers on SameDiff hand back twice the derivative.
 */
@ExtendWith(DoubleByDefault.class)
class AttentionContractTest {

    private static final int EXAMPLES = 3;
    private static final int TIME = 4;

    private final Fresh fresh = Fresh.start();
    private final Sequences sequences = Sequences.of(fresh, EXAMPLES, TIME);

    /** Layers after an LSTM of three outputs. */
    private static Map<String, Layer> layers() {
        Map<String, Layer> layers = new TreeMap<>();
        layers.put(
                "self",
                new SelfAttentionLayer.Builder()
                        .nOut(4)
                        .nHeads(2)
                        .projectInput(true)
                        .build());
        layers.put(
                "self, as it is",
                new SelfAttentionLayer.Builder()
                        .nIn(3)
                        .nOut(3)
                        .nHeads(1)
                        .projectInput(false)
                        .build());
        layers.put(
                "recurrent",
                new RecurrentAttentionLayer.Builder()
                        .nOut(4)
                        .nHeads(2)
                        .projectInput(true)
                        .activation(Activation.TANH)
                        .build());
        layers.put(
                "recurrent, as it is",
                new RecurrentAttentionLayer.Builder()
                        .nIn(3)
                        .nOut(3)
                        .nHeads(1)
                        .projectInput(false)
                        .hasBias(false)
                        .activation(Activation.TANH)
                        .build());
        return layers;
    }

    /** The classes that this test tries. */
    static Set<Class<?>> tried() {
        Set<Class<?>> tried = layers().values().stream().map(Object::getClass).collect(Collectors.toSet());
        tried.add(LearnedSelfAttentionLayer.class);
        return tried;
    }

    static Stream<String> names() {
        return layers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        Layer layer = layers().get(name);
        if (layer == null) {
            throw new IllegalArgumentException(name);
        }
        MultiLayerNetwork network = sequences.toVector(lstm(), layer, new GlobalPoolingLayer(PoolingType.AVG));
        new Contract(network, sequences.vectors(null), fresh, name).holdRunning();
        new Contract(network, sequences.vectors(sequences.mask()), fresh, name + ", masked").holdRunning();
        new Contract(network, sequences.vectors(fractional(sequences.mask())), fresh, name + ", fractional mask")
                .holdRunning();
    }

    /** Other numbers than 0 and 1, and 1 at some of the mask's steps: without one ND4J rounds. */
    private INDArray fractional(INDArray mask) {
        INDArray shares = fresh.positive(DataType.DOUBLE, mask.shape());
        INDArray whole = fresh.bits(DataType.DOUBLE, mask.shape());
        for (int i = 0; i < mask.size(0); i++) {
            whole.putScalar(i, mask.getRow(i).argMax().getInt(0), 1);
        }
        return shares.mul(whole.rsub(1)).addi(whole).muli(mask);
    }

    /**
     * An example whose steps all have one mask attends as without it. Deeplearning4j adds 10^9 (m - 1) to the scores, which
     * rounds them to 10^-7; of one query, ND4J's softmax in double precision is then 0 / 0.
     */
    @ParameterizedTest
    @MethodSource("names")
    void oneMaskForAllStepsIsNone(String name) {
        MultiLayerNetwork network = sequences.finish(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(lstm())
                .layer(layers().getOrDefault(name, lstm()))
                .layer(new RnnOutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nOut(Sequences.CLASSES)
                        .build()));
        INDArray ones = Nd4j.ones(DataType.DOUBLE, EXAMPLES, TIME);
        INDArray mask = ones.mulColumnVector(fresh.positive(DataType.DOUBLE, EXAMPLES));
        mask.putRow(0, Nd4j.zeros(DataType.DOUBLE, TIME));
        Probe without = sequences.steps(null, ones);
        Probe masked =
                Probe.of(new DataSet(without.features().get(0), without.labels().get(0), mask, ones));
        new Contract(network, masked, fresh, name + ", one mask for all steps")
                .holdDerivatives(ObjectiveOptions.DEFAULT);
        double loss = loss(network, masked);
        assertThat(loss)
                .as("%s, -Dthalweg.seed=%d", name, fresh.seed())
                .isCloseTo(loss(network, without), within(1e-12));
        if (!name.startsWith("recurrent")) {
            assertThat(loss)
                    .as("%s, -Dthalweg.seed=%d", name, fresh.seed())
                    .isCloseTo(network.score(Converted.dataSet(masked), false), within(1e-6));
        }
    }

    private static double loss(MultiLayerNetwork network, Probe probe) {
        try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            return objective.evaluate(objective.layout().pack(network.params())).loss();
        }
    }

    /** Deeplearning4j cannot run this layer: its op scatter_update lacks an argument. ND4J's attention can be. */
    @Test
    void learnedQueriesAttendAsNd4jHasIt() {
        MultiLayerNetwork network = sequences.finish(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(new LearnedSelfAttentionLayer.Builder()
                        .nOut(4)
                        .nHeads(2)
                        .nQueries(2)
                        .projectInput(true)
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nOut(Sequences.CLASSES)
                        .build()));
        for (INDArray mask : new INDArray[] {null, sequences.mask()}) {
            Probe probe = sequences.vectors(mask);
            new Contract(network, probe, fresh, "learned").holdDerivatives(ObjectiveOptions.DEFAULT);
            try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
                double expected = lossOfLearned(network, probe, mask);
                assertThat(objective
                                .evaluate(objective.layout().pack(network.params()))
                                .loss())
                        .as("learned, -Dthalweg.seed=" + fresh.seed())
                        .isCloseTo(expected, within(1e-10));
            }
        }
    }

    private static double lossOfLearned(MultiLayerNetwork network, Probe probe, @Nullable INDArray mask) {
        INDArray x = probe.features().get(0);
        INDArray attended = Nd4j.nn()
                .multiHeadDotProductAttention(
                        Nd4j.tile(network.getParam("0_Q"), EXAMPLES, 1, 1),
                        x,
                        x,
                        network.getParam("0_Wq"),
                        network.getParam("0_Wk"),
                        network.getParam("0_Wv"),
                        network.getParam("0_Wo"),
                        mask == null ? Nd4j.ones(DataType.DOUBLE, EXAMPLES, TIME) : mask,
                        true);
        INDArray logits = attended.mean(2).mmul(network.getParam("2_W")).addiRowVector(network.getParam("2_b"));
        INDArray logarithms = Transforms.log(Transforms.softmax(logits));
        return -logarithms.mul(probe.labels().get(0)).sumNumber().doubleValue() / EXAMPLES;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void vertexHolds(boolean projects) {
        AttentionVertex.Builder attention = new AttentionVertex.Builder()
                .nInQueries(3)
                .nInKeys(3)
                .nInValues(3)
                .nOut(projects ? 4 : 3)
                .nHeads(projects ? 2 : 1)
                .projectInput(projects);
        GraphBuilder builder = SmallArchitectures.builder(Activation.TANH)
                .graphBuilder()
                .addInputs("a", "b", "c")
                .setInputTypes(
                        InputType.recurrent(Sequences.INPUTS, TIME),
                        InputType.recurrent(Sequences.INPUTS, TIME + 1),
                        InputType.recurrent(Sequences.INPUTS, TIME + 1))
                .addLayer("queries", lstm(), "a")
                .addLayer("keys", lstm(), "b")
                .addLayer("values", lstm(), "c")
                .addVertex("attended", attention.build(), "queries", "keys", "values")
                .addLayer("pooled", new GlobalPoolingLayer(PoolingType.AVG), "attended")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .activation(Activation.SOFTMAX)
                                .nOut(Sequences.CLASSES)
                                .build(),
                        "pooled")
                .setOutputs("out");
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        fresh.parameters(graph);
        INDArray ofQueries = sequences.mask();
        Sequences longer = Sequences.of(fresh, EXAMPLES, TIME + 1);
        INDArray ofKeys = longer.mask();
        INDArray ofValues = longer.mask();
        // ND4J rounds the scores where no key counts wholly.
        ofKeys.putColumn(0, Nd4j.ones(DataType.DOUBLE, EXAMPLES));
        ofValues.putColumn(0, Nd4j.ones(DataType.DOUBLE, EXAMPLES));
        for (INDArray[] masks : new INDArray[][] {
            null,
            {ofQueries, ofKeys, ofKeys},
            {null, ofKeys, ofValues},
            {ofQueries, null, ofValues},
            {ofQueries, null, null},
            {fractional(ofQueries), fractional(ofKeys), fractional(ofValues)}
        }) {
            Probe probe = Probe.of(new MultiDataSet(
                    new INDArray[] {
                        fresh.normal(DataType.DOUBLE, EXAMPLES, Sequences.INPUTS, TIME),
                        fresh.normal(DataType.DOUBLE, EXAMPLES, Sequences.INPUTS, TIME + 1),
                        fresh.normal(DataType.DOUBLE, EXAMPLES, Sequences.INPUTS, TIME + 1)
                    },
                    new INDArray[] {fresh.oneHot(DataType.DOUBLE, EXAMPLES, Sequences.CLASSES)},
                    masks,
                    null));
            String masked = "masks " + Arrays.toString(masks);
            new Contract(graph, probe, fresh, "attention vertex, projects: " + projects + ", " + masked).holdRunning();
        }
    }

    private static Layer lstm() {
        return new LSTM.Builder().nOut(3).build();
    }
}
