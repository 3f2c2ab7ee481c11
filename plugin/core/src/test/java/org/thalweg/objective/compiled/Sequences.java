package org.thalweg.objective.compiled;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Probe;

/** Networks and probes of short sequences. */
record Sequences(Fresh fresh, RNNFormat format, int examples, int time) {

    static final int INPUTS = 3;
    static final int CLASSES = 3;

    /** Sequences in Deeplearning4j's default format. */
    static Sequences of(Fresh fresh, int examples, int time) {
        return new Sequences(fresh, RNNFormat.NCW, examples, time);
    }

    /** The same in another format. */
    Sequences in(RNNFormat other) {
        return new Sequences(fresh, other, examples, time);
    }

    /** Dense, these layers, and a loss at each step. */
    MultiLayerNetwork toSteps(Layer... layers) {
        ListBuilder list = withLayers(layers);
        return finish(list.layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build()));
    }

    /** Dense, the given layers, the last of which gives vectors, and one loss. */
    MultiLayerNetwork toVector(Layer... layers) {
        ListBuilder list = withLayers(layers);
        return finish(list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build()));
    }

    private ListBuilder withLayers(Layer... layers) {
        ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(fresh.seed())
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nOut(4).build());
        Arrays.stream(layers).forEach(list::layer);
        return list;
    }

    /** A network of the layers given, and no other. */
    MultiLayerNetwork finish(ListBuilder list) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.recurrent(INPUTS, time, format)).build());
        network.init();
        return fresh.parameters(network);
    }

    /** Features and a class a step. */
    Probe steps(@Nullable INDArray featuresMask, @Nullable INDArray labelsMask) {
        return Probe.of(new DataSet(
                inFormat(fresh.normal(DataType.DOUBLE, examples, INPUTS, time)),
                inFormat(fresh.oneHotSteps(DataType.DOUBLE, examples, CLASSES, time)),
                featuresMask,
                labelsMask));
    }

    /** Features and a class a sequence. */
    Probe vectors(@Nullable INDArray featuresMask) {
        return Probe.of(new DataSet(
                inFormat(fresh.normal(DataType.DOUBLE, examples, INPUTS, time)),
                fresh.oneHot(DataType.DOUBLE, examples, CLASSES),
                featuresMask,
                null));
    }

    /** Zeros and ones a step, at least a one a sequence. */
    INDArray mask() {
        INDArray mask = fresh.bits(DataType.DOUBLE, examples, time);
        for (int i = 0; i < examples; i++) {
            mask.putScalar(i, (i + 1) % time, 1);
        }
        return mask;
    }

    /** Ones, then zeros where a sequence is over. */
    INDArray padding() {
        INDArray lengths = fresh.positive(DataType.DOUBLE, examples).muli(time);
        INDArray mask = mask();
        for (int i = 0; i < examples; i++) {
            for (int t = 0; t < time; t++) {
                mask.putScalar(i, t, t < Math.max(1, lengths.getDouble(i)) ? 1 : 0);
            }
        }
        return mask;
    }

    private INDArray inFormat(INDArray sequences) {
        return format == RNNFormat.NCW ? sequences : sequences.permute(0, 2, 1);
    }
}
