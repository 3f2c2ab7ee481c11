package org.thalweg.objective.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.testing.DoublingLayer;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What DL4J trains is looked at, whatever its labels and parameters look like; what it cannot train is refused by name. */
class UnusualNetworksTest {

    private static final long SEED = Seeds.fresh("UnusualNetworksTest");

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void yoloHasLabelsOfAnotherShapeThanItsOutput(DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(type, SEED)
                .list()
                .layer(new DoublingLayer("doubled"))
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(2 * (5 + 3))
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new Yolo2OutputLayer.Builder()
                        .boundingBoxPriors(Nd4j.createFromArray(new float[][] {{1, 1}, {2, 2}}))
                        .build())
                .setInputType(InputType.convolutional(6, 6, 1))
                .build());
        network.init();
        INDArray labels = Nd4j.zeros(type, 3, 4 + 3, 4, 4);
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 4; c++) {
                labels.putScalar(new int[] {i, c, 1, 2}, c < 2 ? 1.2 : 2.4);
            }
            labels.putScalar(new int[] {i, 4 + i, 1, 2}, 1);
        }
        DataSet data = new DataSet(Networks.normal(new Random(SEED), 3, 1, 6, 6).castTo(type), labels);
        expectScore(network, data, network.score(data, false));
        expectHessianOfTheScore(network, data);
    }

    /** In double, where gradients are proved, DL4J's gradient of this loss multiplies by single precision and fails. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void mixturesHaveFewerLabelsThanOutputs(DataType type) {
        LossMixtureDensity loss =
                LossMixtureDensity.builder().gaussians(2).labelWidth(3).build();
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(type, SEED)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(5).build())
                .layer(new OutputLayer.Builder(loss)
                        .nIn(5)
                        .nOut(2 * (2 + 3))
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        DataSet data = new DataSet(
                Networks.normal(new Random(SEED), 8, 6).castTo(type),
                Networks.normal(new Random(SEED + 1), 8, 3).castTo(type));
        expectScore(network, data, network.score(data, false));
        Objective objective = ObjectiveChoice.of(network, Probe.of(data), ObjectiveOptions.DEFAULT, false)
                .objective();
        INDArray theta = objective.layout().pack(network.params());
        assertThat(objective.hessianAt(theta).defect())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("Deeplearning4j's backward pass fails: "));
        assertThatThrownBy(() -> objective.gradient(theta)).hasMessageContaining("backward pass fails");
    }

    /** Deeplearning4j copies layers by their JSON, and its error shows pages of that. */
    @Test
    void aLayerThatCannotBeCopiedHasAReasonOfOneLine() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .list()
                .layer(new Uncopied(1))
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(6).nOut(3).build())
                .build());
        network.init();
        Objective objective =
                NetworkObjective.of(network, Probe.of(Networks.data(8, SEED, 6)), ObjectiveOptions.DEFAULT);
        assertThat(objective
                        .hessianAt(objective.layout().pack(network.params()))
                        .defect())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("Uncopied")
                        .doesNotContain("\n")
                        .hasSizeLessThan(400));
    }

    private static final class Uncopied extends SameDiffLambdaLayer {

        private static final long serialVersionUID = 1;

        private final double shift;

        Uncopied(double shift) {
            this.shift = shift;
        }

        @Override
        public InputType getOutputType(int index, InputType input) {
            return input;
        }

        @Override
        public SDVariable defineLayer(SameDiff sameDiff, SDVariable input) {
            return input.add(shift);
        }
    }

    /** Three outputs an example and one label: the length that they should have. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void aUsersLossMayHaveLabelsOfAnotherShape(DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(type, SEED)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(5).build())
                .layer(new OutputLayer.Builder(new LengthLoss())
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .build());
        network.init();
        DataSet data = new DataSet(
                Networks.normal(new Random(SEED), 8, 6).castTo(type),
                Networks.normal(new Random(SEED + 1), 8, 1).castTo(type));
        expectScore(network, data, network.score(data, false));
        expectHessianOfTheScore(network, data);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void aVertexMayHaveParameters(DataType type) {
        ComputationGraph graph = new ComputationGraph(Networks.base(type, SEED)
                .l2(0.1)
                .graphBuilder()
                .addInputs("in")
                .addLayer("memory", new LSTM.Builder().nIn(4).nOut(6).build(), "in")
                .addVertex(
                        "a_head",
                        new AttentionVertex.Builder()
                                .nOut(6)
                                .nHeads(2)
                                .projectInput(true)
                                .nInQueries(6)
                                .nInKeys(6)
                                .nInValues(6)
                                .build(),
                        "memory",
                        "memory",
                        "memory")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .nIn(6)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "a_head")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(4))
                .build());
        graph.init();
        DataSet data = Networks.sequences(6, 5, SEED);
        DataSet unmasked =
                new DataSet(data.getFeatures().castTo(type), data.getLabels().castTo(type));
        assertThat(NetworkLayout.of(graph).trainable().stream()
                        .filter(block -> block.layer().equals("a_head"))
                        .map(ParameterBlock::kind))
                .isNotEmpty()
                .containsOnly(ParameterKind.WEIGHT);
        NetworkObjective objective = NetworkObjective.of(graph, Probe.of(unmasked), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(graph.params());
        assertThat(objective.layout().parameters()).isEqualTo(graph.params().length());
        assertThat(objective.evaluate(theta).loss()).as("seed %d", SEED).isFinite();
        assertThat(objective.hessianAt(theta).defect())
                .hasValueSatisfying(reason -> assertThat(reason).contains("a_head"));
    }

    /** An F-measure is of a set of examples, so its value must not depend on how they are split. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void anFMeasureIsThatOfTheWholeProbe(DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(type, SEED)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(5).build())
                .layer(new OutputLayer.Builder(new LossFMeasure())
                        .nIn(5)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
        network.init();
        INDArray labels = Networks.normal(new Random(SEED), 21, 1).gt(0).castTo(type);
        DataSet data = new DataSet(Networks.normal(new Random(SEED + 1), 21, 6).castTo(type), labels);
        NetworkObjective split =
                NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT.withBatchSize(4));
        INDArray theta = split.layout().pack(network.params());
        assertThat(split.evaluate(theta).loss())
                .as("seed %d", SEED)
                .isCloseTo(network.score(data, false), within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    @SuppressWarnings("deprecation") // DL4J's networks know the type by its old name.
    void networksWithNothingToLookAtAreRefusedByName(DataType type) {
        Probe probe = Probe.of(Networks.data(5, SEED, 6));
        DenseLayer dense = new DenseLayer.Builder().nIn(6).nOut(3).build();
        OutputLayer output =
                new OutputLayer.Builder(LossFunction.MSE).nIn(3).nOut(3).build();
        MultiLayerNetwork bare = new MultiLayerNetwork(
                Networks.base(type, SEED).list().layer(dense).layer(output).build());
        refused(bare, probe, "call init() first");
        refused(
                new ComputationGraph(Networks.base(type, SEED)
                        .graphBuilder()
                        .addInputs("in")
                        .addLayer(
                                "out",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .nIn(6)
                                        .nOut(3)
                                        .build(),
                                "in")
                        .setOutputs("out")
                        .build()),
                probe,
                "call init() first");
        MultiLayerNetwork frozen = new MultiLayerNetwork(Networks.base(type, SEED)
                .list()
                .layer(new FrozenLayer(dense))
                .layer(new LossLayer.Builder(LossFunction.MSE).build())
                .build());
        frozen.init();
        refused(frozen, probe, "all of its 21 are frozen");
        MultiLayerNetwork half = Networks.mlp(type, SEED).convertDataType(DataType.HALF);
        assertThatThrownBy(() -> ObjectiveChoice.of(half, probe, ObjectiveOptions.DEFAULT, false))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("HALF")
                .hasMessageContaining("convertDataType");
    }

    private static void refused(Model model, Probe probe, String message) {
        assertThatThrownBy(() -> ObjectiveChoice.of(model, probe, ObjectiveOptions.DEFAULT, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** u^T H v for random u and v, against second differences of DL4J's own score in double. */
    private static void expectHessianOfTheScore(MultiLayerNetwork network, DataSet data) {
        Objective objective = ObjectiveChoice.of(network, Probe.of(data), ObjectiveOptions.DEFAULT, false)
                .objective();
        MultiLayerNetwork wide = network.convertDataType(DataType.DOUBLE);
        DataSet doubles = new DataSet(
                data.getFeatures().castTo(DataType.DOUBLE), data.getLabels().castTo(DataType.DOUBLE));
        INDArray flat = wide.params().dup();
        INDArray theta = objective.layout().pack(network.params());
        try (LinearOperator hessian = objective.hessianAt(theta)) {
            assertThat(hessian.defect()).as("seed %d", SEED).isEmpty();
            for (int draw = 0; draw < 3; draw++) {
                INDArray u = unit(draw, flat);
                INDArray v = unit(draw + 3, flat);
                INDArray product = hessian.multiply(objective.layout().pack(v).reshape(theta.length()));
                double along = Nd4j.getBlasWrapper()
                        .dot(product, objective.layout().pack(u).reshape(theta.length()));
                double step = 1e-4;
                double difference = 0;
                for (int sign : new int[] {1, -1}) {
                    for (int other : new int[] {1, -1}) {
                        wide.setParams(flat.add(u.mul(sign * step)).addi(v.mul(other * step)));
                        difference += sign * other * wide.score(doubles, false) / (4 * step * step);
                    }
                }
                assertThat(along)
                        .as("seed %d", SEED)
                        .isCloseTo(
                                difference, within(1e-5 * product.norm2Number().doubleValue()));
            }
        }
    }

    private static INDArray unit(int draw, INDArray like) {
        INDArray v = Networks.normal(new Random(SEED + draw), like.shape());
        return v.div(v.norm2Number().doubleValue());
    }

    private static void expectScore(MultiLayerNetwork network, DataSet data, double score) {
        ObjectiveChoice choice = ObjectiveChoice.of(network, Probe.of(data), ObjectiveOptions.DEFAULT, false);
        NetworkObjective objective = (NetworkObjective) choice.objective();
        INDArray theta = objective.layout().pack(network.params());
        assertThat(objective.evaluate(theta).loss())
                .as("seed %d", SEED)
                .isCloseTo(score, within(1e-5 * (1 + Math.abs(score))));
        assertThat(objective.evaluate(theta).accuracy()).isEmpty();
    }
}
