package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** The contract for each recurrent layer and what wraps it, with and without masks. */
@SuppressWarnings("deprecation") // of Graves' layers
@ExtendWith(DoubleByDefault.class)
class RecurrentContractTest {

    private static final int EXAMPLES = 4;
    private static final int TIME = 4;

    private final Fresh fresh = Fresh.start();
    private final Sequences sequences = Sequences.of(fresh, EXAMPLES, TIME);

    /** Layers that give sequences. */
    private static Map<String, Layer[]> toSteps() {
        Map<String, Layer[]> layers = new TreeMap<>();
        layers.put("lstm", one(lstm()));
        layers.put(
                "lstm, hard gates and other activation",
                one(new LSTM.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTPLUS)
                        .gateActivationFunction(Activation.HARDSIGMOID)
                        .build()));
        layers.put("two lstms", new Layer[] {lstm(), lstm()});
        layers.put("graves lstm", one(new GravesLSTM.Builder().nOut(3).build()));
        layers.put(
                "graves bidirectional",
                one(new GravesBidirectionalLSTM.Builder().nOut(3).build()));
        layers.put("simple", one(simple(false)));
        for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
            layers.put("bidirectional " + mode, one(new Bidirectional(mode, lstm())));
        }
        layers.put("bidirectional simple", one(new Bidirectional(Bidirectional.Mode.CONCAT, simple(false))));
        layers.put("dense, normalized", one(dense(true)));
        layers.put("normalization between", new Layer[] {
            lstm(), new DenseLayer.Builder().nOut(3).build(), new BatchNormalization(), simple(false)
        });
        layers.put("mask layer", new Layer[] {lstm(), new MaskLayer(), simple(false)});
        layers.put(
                "repeated", new Layer[] {new LastTimeStep(lstm()), new RepeatVector.Builder<>(TIME).build(), lstm()});
        return layers;
    }

    /** Layers that give vectors. */
    private static Map<String, Layer[]> toVector() {
        Map<String, Layer[]> layers = new TreeMap<>();
        layers.put("last step of lstm", one(new LastTimeStep(lstm())));
        layers.put(
                "last step of graves lstm",
                one(new LastTimeStep(new GravesLSTM.Builder().nOut(3).build())));
        layers.put("last step of simple", new Layer[] {lstm(), new LastTimeStep(simple(false))});
        layers.put("last step of bidirectional", one(new LastTimeStep(new Bidirectional(lstm()))));
        return layers;
    }

    /** The classes that this test tries. */
    static Set<Class<?>> tried() {
        Set<Class<?>> tried = Stream.concat(toSteps().values().stream(), toVector().values().stream())
                .flatMap(Stream::of)
                .map(Object::getClass)
                .collect(Collectors.toSet());
        tried.addAll(Set.of(MaskZeroLayer.class, TimeDistributed.class));
        return tried;
    }

    static Stream<String> names() {
        return toSteps().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        MultiLayerNetwork network = sequences.toSteps(toSteps().getOrDefault(name, new Layer[0]));
        new Contract(network, sequences.steps(null, null), fresh, name).hold();
        Probe masked = sequences.steps(sequences.mask(), sequences.mask());
        Contract contract = new Contract(network, masked, fresh, name + ", masked");
        if (name.equals("repeated") || name.equals("graves bidirectional")) {
            // Deeplearning4j's gradient leaves masks out that its forward pass has.
            contract.holdRunning();
        } else {
            contract.hold();
        }
    }

    static Stream<String> vectorNames() {
        return toVector().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("vectorNames")
    void lastStepHolds(String name) {
        MultiLayerNetwork network = sequences.toVector(toVector().getOrDefault(name, new Layer[0]));
        new Contract(network, sequences.vectors(null), fresh, name).hold();
        Contract padded = new Contract(network, sequences.vectors(sequences.padding()), fresh, name + ", padded");
        if (name.contains("bidirectional")) {
            // The padding comes first, and Deeplearning4j's gradient of an LSTM leaves out that it is masked.
            padded.holdRunning();
        } else {
            padded.hold();
        }
        new Contract(network, sequences.vectors(sequences.mask()), fresh, name + ", masked").holdRunning();
    }

    @Test
    void stepsOfZerosAreMasked() {
        for (Layer within : new Layer[] {lstm(), simple(false)}) {
            MultiLayerNetwork network = sequences.finish(SmallArchitectures.builder(Activation.TANH)
                    .list()
                    .layer(new LastTimeStep(new MaskZeroLayer(within, 0)))
                    .layer(dense(false))
                    .layer(new OutputLayer.Builder()
                            .activation(Activation.SOFTMAX)
                            .nOut(Sequences.CLASSES)
                            .build()));
            INDArray mask = sequences.mask();
            Probe probe = sequences.vectors(null);
            INDArray features = probe.features().get(0).mul(mask.reshape(EXAMPLES, 1, TIME));
            new Contract(network, Probe.of(features, probe.labels().get(0)), fresh, "zeros masked in " + within)
                    .holdRunning();
        }
    }

    /** Deeplearning4j's mask would be of other steps, unless there is one or the layer does not look. */
    @Test
    void timeDistributedHoldsAndRefusesMasks() {
        MultiLayerNetwork network = sequences.toSteps(lstm(), new TimeDistributed(dense(false)));
        new Contract(network, sequences.steps(null, sequences.mask()), fresh, "time distributed").hold();
        Probe masked = sequences.steps(sequences.mask(), null);
        assertThatThrownBy(() -> CompiledObjective.of(network, masked, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("layer2")
                .hasMessageContaining("it masks steps of other examples");
        Sequences oneStep = Sequences.of(fresh, EXAMPLES, 1);
        new Contract(
                        oneStep.toSteps(lstm(), new TimeDistributed(dense(false))),
                        oneStep.steps(fresh.bits(DataType.DOUBLE, EXAMPLES, 1), null),
                        fresh,
                        "time distributed, masked steps")
                .hold();
        for (Layer maskless : new Layer[] {
            new ActivationLayer(Activation.SOFTMAX),
            new BatchNormalization.Builder().nIn(3).nOut(3).build(),
            new PReLULayer.Builder().inputShape(3).build()
        }) {
            new Contract(
                            sequences.toSteps(lstm(), new TimeDistributed(maskless)),
                            sequences.steps(sequences.mask(), sequences.mask()),
                            fresh,
                            "time distributed " + maskless + ", masked")
                    .hold();
        }
    }

    /** Deeplearning4j masks entry i T + t as if entries went step by step. */
    @Test
    void deeplearning4jMasksStepsOfOtherExamples() {
        MultiLayerNetwork network = sequences.toSteps(lstm(), new TimeDistributed(dense(false)));
        INDArray features = sequences.steps(null, null).features().get(0);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, TIME);
        mask.putScalar(0, 1, 0);
        network.setLayerMaskArrays(mask, null);
        INDArray outputs = network.feedForward(features).get(3);
        network.clearLayerMaskArrays();
        for (int entry = 0; entry < EXAMPLES * TIME; entry++) {
            int[] at = {entry / TIME, entry % TIME};
            double norm = outputs.get(NDArrayIndex.point(at[0]), NDArrayIndex.all(), NDArrayIndex.point(at[1]))
                    .norm2Number()
                    .doubleValue();
            assertThat(norm == 0)
                    .as("step %d of example %d is masked", at[1], at[0])
                    .isEqualTo(entry == EXAMPLES);
        }
    }

    @Test
    void channelsLastHolds() {
        Sequences last = sequences.in(RNNFormat.NWC);
        Layer[] layers = {
            new LSTM.Builder().nOut(3).dataFormat(RNNFormat.NWC).build(),
            new Bidirectional(
                    new SimpleRnn.Builder().nOut(3).dataFormat(RNNFormat.NWC).build())
        };
        MultiLayerNetwork network = last.toSteps(layers);
        new Contract(network, last.steps(last.mask(), last.mask()), fresh, "NWC").hold();
    }

    @Test
    void graphsBatchesAndRecomputationHold() {
        MultiLayerNetwork network = sequences.toSteps(new Bidirectional(lstm()), simple(false));
        Probe probe = sequences.steps(sequences.mask(), sequences.mask());
        new Contract(network.toComputationGraph(), probe, fresh, "recurrent graph").hold();
        new Contract(network, probe, fresh, "in batches of 3")
                .holdDerivatives(ObjectiveOptions.DEFAULT.withBatchSize(3));
        new Contract(network, probe, fresh, "computed again")
                .holdDerivatives(ObjectiveOptions.DEFAULT.withMemoryBudget(1));
    }

    private static Layer lstm() {
        return new LSTM.Builder().nOut(3).build();
    }

    private static Layer simple(boolean normalized) {
        return new SimpleRnn.Builder().nOut(3).hasLayerNorm(normalized).build();
    }

    private static Layer dense(boolean normalized) {
        return new DenseLayer.Builder().nOut(4).hasLayerNorm(normalized).build();
    }

    private static Layer[] one(Layer layer) {
        return new Layer[] {layer};
    }
}
