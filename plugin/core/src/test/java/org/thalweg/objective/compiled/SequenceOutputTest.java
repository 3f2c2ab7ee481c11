package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/** Losses at each step of sequences, with masks of the labels and of the features. */
class SequenceOutputTest {

    private static final int EXAMPLES = 4;
    private static final int TIME = 3;
    private static final int INPUTS = 2;
    private static final int OUTPUTS = 4;

    private final Fresh fresh = Fresh.start();

    static Stream<LossCase> losses() {
        return LossCase.all(OUTPUTS);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossOfStepsHolds(LossCase loss) {
        String what = loss + " over time";
        MultiLayerNetwork network = network(loss.function(), loss.activation());
        INDArray labels = loss.labels(fresh, EXAMPLES, OUTPUTS, TIME);
        loss.hold(new Contract(network, probe(labels, null, null), fresh, what));
        INDArray steps = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        loss.hold(new Contract(network, probe(labels, null, steps), fresh, what + ", steps masked"));
        if (loss.takesEntryMasks()) {
            INDArray entries = fresh.bits(DataType.DOUBLE, EXAMPLES, OUTPUTS, TIME);
            loss.hold(new Contract(network, probe(labels, null, entries), fresh, what + ", entries masked"));
        }
        INDArray shares = fresh.positive(DataType.DOUBLE, EXAMPLES, TIME).muli(steps);
        loss.holdFractional(new Contract(network, probe(labels, null, shares), fresh, what + ", steps weighted"));
    }

    @ParameterizedTest
    @EnumSource(RNNFormat.class)
    void masksOfFeaturesAndLabelsHoldInBothFormats(RNNFormat format) {
        MultiLayerNetwork network = network(
                list -> list.layer(new RnnOutputLayer.Builder(new LossMCXENT())
                        .dataFormat(format)
                        .activation(Activation.SOFTMAX)
                        .nOut(OUTPUTS)
                        .build()),
                format);
        INDArray features = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        INDArray labels = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        for (INDArray mask : new INDArray[] {null, labels}) {
            Probe probe = inFormat(probe(classes(), features, mask), format);
            new Contract(network, probe, fresh, format + ", features masked").hold();
        }
        ComputationGraph graph = network.toComputationGraph();
        new Contract(graph, inFormat(probe(classes(), features, labels), format), fresh, format + " graph").hold();
    }

    @Test
    void lossLayersTakeTheMaskOfFeaturesWhereLabelsHaveNone() {
        MultiLayerNetwork network = network(
                list -> list.layer(new RnnLossLayer.Builder(new LossMCXENT())
                        .activation(Activation.SOFTMAX)
                        .build()),
                RNNFormat.NCW);
        INDArray features = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        INDArray labels = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        new Contract(network, probe(classes(), null, null), fresh, "loss layer").hold();
        new Contract(network, probe(classes(), features, null), fresh, "loss layer, features masked").hold();
        new Contract(network, probe(classes(), features, labels), fresh, "loss layer, both masked").hold();
        INDArray shares = fresh.positive(DataType.DOUBLE, EXAMPLES, TIME);
        new Contract(network, probe(classes(), features, shares), fresh, "loss layer, steps weighted").hold();
    }

    @Test
    void sequencesOfAnotherLengthAreCompiledAgain() {
        MultiLayerNetwork network = network(new LossMCXENT(), Activation.SOFTMAX);
        CompiledObjective objective =
                CompiledObjective.of(network, probe(classes(), null, null), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        for (int time : new int[] {TIME + 2, 1, TIME}) {
            INDArray features = fresh.normal(DataType.DOUBLE, EXAMPLES - 1, INPUTS, time);
            INDArray labels = fresh.oneHotSteps(DataType.DOUBLE, EXAMPLES - 1, OUTPUTS, time);
            INDArray mask = time == TIME ? null : fresh.bits(DataType.DOUBLE, EXAMPLES - 1, time);
            Probe other = Probe.of(new DataSet(features, labels, mask, mask));
            double expected = network.score(Converted.dataSet(other), false);
            assertThat(objective.withProbe(other).evaluate(theta).loss())
                    .as("%d steps, -Dthalweg.seed=%d", time, fresh.seed())
                    .isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
            assertThat(objective.withMiniBatch(other).evaluate(theta).loss())
                    .as("%d steps in a mini-batch, -Dthalweg.seed=%d", time, fresh.seed())
                    .isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
        }
        Probe wider = Probe.of(
                fresh.normal(DataType.DOUBLE, 2, INPUTS + 1, TIME),
                fresh.oneHotSteps(DataType.DOUBLE, 2, OUTPUTS, TIME));
        assertThatThrownBy(() -> objective.withProbe(wider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 3, 3]");
    }

    @Test
    void masksOfOtherNumbersAreCompiledAgain() {
        MultiLayerNetwork network = network(new LossMCXENT(), Activation.SOFTMAX);
        INDArray shares = fresh.positive(DataType.DOUBLE, EXAMPLES, TIME);
        INDArray[] masks = {shares, fresh.bits(DataType.DOUBLE, EXAMPLES, TIME), null, shares.mul(0.5)};
        CompiledObjective objective =
                CompiledObjective.of(network, probe(classes(), null, null), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        for (INDArray mask : masks) {
            Probe other = probe(classes(), null, mask);
            double expected = network.score(Converted.dataSet(other), false);
            objective = objective.withProbe(other);
            assertThat(objective.evaluate(theta).loss())
                    .as("mask %s, -Dthalweg.seed=%d", mask, fresh.seed())
                    .isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
        }
    }

    @Test
    void accuracyCountsSteps() {
        MultiLayerNetwork network = network(new LossMCXENT(), Activation.SOFTMAX);
        INDArray mask = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        Probe probe = probe(classes(), null, mask);
        INDArray predicted = network.output(probe.features().get(0)).argMax(1);
        INDArray correct = predicted
                .eq(probe.labels().get(0).argMax(1))
                .castTo(DataType.DOUBLE)
                .muli(mask);
        double expected =
                100 * correct.sumNumber().doubleValue() / mask.sumNumber().doubleValue();
        try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            assertThat(objective.evaluate(theta).accuracyOrNaN())
                    .as("-Dthalweg.seed=" + fresh.seed())
                    .isCloseTo(expected, within(1e-12));
        }
    }

    private MultiLayerNetwork network(ILossFunction loss, Activation activation) {
        return network(
                list -> list.layer(new RnnOutputLayer.Builder(loss)
                        .activation(activation)
                        .nOut(OUTPUTS)
                        .build()),
                RNNFormat.NCW);
    }

    private MultiLayerNetwork network(UnaryOperator<ListBuilder> output, RNNFormat format) {
        ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nOut(5).build())
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder().nOut(OUTPUTS).build());
        MultiLayerNetwork network = new MultiLayerNetwork(output.apply(list)
                .setInputType(InputType.recurrent(INPUTS, TIME, format))
                .validateOutputLayerConfig(false)
                .build());
        network.init();
        return fresh.parameters(network);
    }

    private INDArray classes() {
        return fresh.oneHotSteps(DataType.DOUBLE, EXAMPLES, OUTPUTS, TIME);
    }

    private Probe probe(INDArray labels, @Nullable INDArray featuresMask, @Nullable INDArray labelsMask) {
        INDArray features = fresh.normal(DataType.DOUBLE, EXAMPLES, INPUTS, TIME);
        return Probe.of(new DataSet(features, labels, featuresMask, labelsMask));
    }

    private static Probe inFormat(Probe probe, RNNFormat format) {
        if (format == RNNFormat.NCW) {
            return probe;
        }
        return Probe.of(new DataSet(
                probe.features().get(0).permute(0, 2, 1),
                probe.labels().get(0).permute(0, 2, 1),
                probe.featuresMasks().get(0),
                probe.labelsMasks().get(0)));
    }
}
