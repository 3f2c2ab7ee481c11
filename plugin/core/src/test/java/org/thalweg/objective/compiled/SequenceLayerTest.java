package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Causal;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Same;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Truncate;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/** The contract for convolutions, pools, shapes and embeddings of sequences. */
@ExtendWith(DoubleByDefault.class)
class SequenceLayerTest {

    private static final int EXAMPLES = 4;
    private static final int TIME = 6;
    private static final int WORDS = 5;

    private final Fresh fresh = Fresh.start();
    private final Sequences sequences = Sequences.of(fresh, EXAMPLES, TIME);

    /** Layers between two LSTMs. */
    private static Map<String, Layer> layers() {
        Map<String, Layer> layers = new TreeMap<>();
        layers.put("convolution", convolution(2).build());
        layers.put("convolution, stride", convolution(3).stride(2).build());
        layers.put("convolution, padding", convolution(3).padding(1).build());
        layers.put("convolution, dilation", convolution(2).dilation(2).build());
        layers.put("convolution, same", convolution(3).convolutionMode(Same).build());
        layers.put("convolution, causal", convolution(3).convolutionMode(Causal).build());
        layers.put(
                "convolution, causal, dilation",
                convolution(2)
                        .dilation(2)
                        .convolutionMode(Causal)
                        .hasBias(false)
                        .build());
        layers.put(
                "convolution, causal, stride",
                convolution(3).stride(2).convolutionMode(Causal).build());
        layers.put(
                "convolution, softmax",
                convolution(2).activation(Activation.SOFTMAX).build());
        layers.put("activation, softmax", new ActivationLayer(Activation.SOFTMAX));
        layers.put("maximum", pool(PoolingType.MAX).build());
        layers.put("maximum, overlapping", pool(PoolingType.MAX).stride(1).build());
        layers.put("average", pool(PoolingType.AVG).build());
        layers.put("upsampling", new Upsampling1D.Builder(2).build());
        layers.put("cropping", new Cropping1D(1, 2));
        layers.put("zero padding", new ZeroPadding1DLayer(1, 2));
        return layers;
    }

    /** The classes that this test tries. */
    static Set<Class<?>> tried() {
        Set<Class<?>> tried = layers().values().stream().map(Object::getClass).collect(Collectors.toSet());
        // Pooling1D and Convolution1D are further names.
        tried.addAll(Set.of(EmbeddingLayer.class, EmbeddingSequenceLayer.class, Pooling1D.class, Convolution1D.class));
        return tried;
    }

    static Stream<String> names() {
        return layers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        MultiLayerNetwork network = network(layer(name));
        Contract contract = new Contract(network, sequences.vectors(null), fresh, name);
        if (name.equals("upsampling")) {
            // Deeplearning4j's gradient of an upsampling in one dimension is not its derivative.
            contract.holdRunning();
        } else {
            contract.hold();
        }
    }

    @ParameterizedTest
    @EnumSource(PoolingType.class)
    void poolingOverTimeHolds(PoolingType type) {
        MultiLayerNetwork network = sequences.toVector(lstm(), new GlobalPoolingLayer(type));
        new Contract(network, sequences.vectors(null), fresh, type + " over time").hold();
        new Contract(network, sequences.vectors(sequences.mask()), fresh, type + " over time, masked").hold();
    }

    @ParameterizedTest
    @MethodSource("names")
    void masksAreReducedOrRefused(String name) {
        MultiLayerNetwork network = network(layer(name));
        Probe masked = sequences.vectors(sequences.padding());
        if (Set.of("upsampling", "cropping", "zero padding").contains(name)) {
            assertThatThrownBy(() -> CompiledObjective.of(network, masked, ObjectiveOptions.DEFAULT))
                    .hasMessageContaining("mask");
        } else {
            // Deeplearning4j's gradient of a convolution leaves the mask out.
            new Contract(network, masked, fresh, name + ", masked").holdRunning();
        }
    }

    /**
     * Upsampling, cropping and padding pass on a mask that no longer fits; a loss with its own mask does not read it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"upsampling", "cropping", "zero padding"})
    void masksThatNothingReadsAreHandedOn(String name) {
        MultiLayerNetwork network = sequences.toSteps(lstm(), layer(name), lstm());
        INDArray features = sequences.vectors(null).features().get(0);
        int steps = (int) network.output(features).size(2);
        Sequences ofLabels = Sequences.of(fresh, EXAMPLES, steps);
        DataSet data = new DataSet(
                features,
                fresh.oneHotSteps(DataType.DOUBLE, EXAMPLES, Sequences.CLASSES, steps),
                sequences.mask(),
                ofLabels.mask());
        new Contract(network, Probe.of(data), fresh, name + ", mask handed on").holdRunning();
    }

    @Test
    void channelsLastHolds() {
        Sequences last = sequences.in(RNNFormat.NWC);
        MultiLayerNetwork network = last.toVector(
                convolution(3)
                        .convolutionMode(Same)
                        .rnnDataFormat(RNNFormat.NWC)
                        .build(),
                pool(PoolingType.MAX).build(),
                new LSTM.Builder().nOut(3).dataFormat(RNNFormat.NWC).build(),
                new GlobalPoolingLayer.Builder(PoolingType.AVG)
                        .poolingDimensions(1)
                        .build());
        new Contract(network, last.vectors(null), fresh, "NWC").holdRunning();
    }

    @ParameterizedTest
    @EnumSource(RNNFormat.class)
    void embeddingsOfSequencesHold(RNNFormat format) {
        boolean first = format == RNNFormat.NCW;
        for (boolean bias : new boolean[] {false, true}) {
            MultiLayerNetwork network = finish(
                    SmallArchitectures.builder(Activation.TANH)
                            .list()
                            .layer(new EmbeddingSequenceLayer.Builder()
                                    .nIn(WORDS)
                                    .nOut(3)
                                    .inputLength(TIME)
                                    .hasBias(bias)
                                    .outputDataFormat(format)
                                    .build())
                            .layer(new LSTM.Builder().nOut(3).dataFormat(format).build())
                            .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG)
                                    .poolingDimensions(first ? 2 : 1)
                                    .build()),
                    InputType.recurrent(WORDS, TIME, format));
            for (long[] shape : new long[][] {{EXAMPLES, TIME}, {EXAMPLES, 1, TIME}}) {
                INDArray words = words(shape);
                new Contract(network, probe(words, null), fresh, "embedding, " + format).hold();
                if (first) {
                    new Contract(network, probe(words, sequences.mask()), fresh, "embedding, masked").hold();
                }
            }
        }
    }

    @Test
    void embeddingsOfExamplesHold() {
        MultiLayerNetwork network = finish(
                SmallArchitectures.builder(Activation.TANH)
                        .list()
                        .layer(new EmbeddingLayer.Builder()
                                .nIn(WORDS)
                                .nOut(4)
                                .hasBias(true)
                                .build())
                        .layer(new DenseLayer.Builder().nOut(3).build()),
                InputType.feedForward(WORDS));
        new Contract(network, probe(words(EXAMPLES, 1), null), fresh, "embedding").hold();
        Probe wrong = probe(words(EXAMPLES, 1).add(WORDS), null);
        try (CompiledObjective objective = CompiledObjective.of(network, wrong, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            assertThatThrownBy(() -> objective.evaluate(theta))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from 0 to " + (WORDS - 1));
        }
    }

    private INDArray words(long... shape) {
        return fresh.positive(DataType.DOUBLE, shape)
                .muli(WORDS)
                .subi(1e-9)
                .castTo(DataType.INT32)
                .castTo(DataType.DOUBLE);
    }

    private Probe probe(INDArray words, @Nullable INDArray mask) {
        return Probe.of(new DataSet(words, fresh.oneHot(DataType.DOUBLE, EXAMPLES, Sequences.CLASSES), mask, null));
    }

    private MultiLayerNetwork finish(ListBuilder list, InputType input) {
        MultiLayerNetwork network = new MultiLayerNetwork(list.layer(new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nOut(Sequences.CLASSES)
                        .build())
                .setInputType(input)
                .build());
        network.init();
        return fresh.parameters(network);
    }

    private MultiLayerNetwork network(Layer layer) {
        return sequences.toVector(lstm(), layer, lstm(), new GlobalPoolingLayer(PoolingType.AVG));
    }

    private static Layer layer(String name) {
        Layer layer = layers().get(name);
        if (layer == null) {
            throw new IllegalArgumentException(name);
        }
        return layer;
    }

    private static Convolution1DLayer.Builder convolution(int steps) {
        return new Convolution1DLayer.Builder(steps).nOut(3).convolutionMode(Truncate);
    }

    private static Subsampling1DLayer.Builder pool(PoolingType type) {
        return new Subsampling1DLayer.Builder(type).kernelSize(2).stride(2);
    }

    private static Layer lstm() {
        return new LSTM.Builder().nOut(3).build();
    }
}
