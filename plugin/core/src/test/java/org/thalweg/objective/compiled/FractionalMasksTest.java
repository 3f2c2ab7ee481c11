package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** Masks of features with any numbers, which layers read differently: some multiply by them, some test for zero. */
@ExtendWith(DoubleByDefault.class)
class FractionalMasksTest {

    private static final int EXAMPLES = 4;
    private static final int TIME = 5;

    private final Fresh fresh = Fresh.start();
    private final Sequences sequences = Sequences.of(fresh, EXAMPLES, TIME);

    /** Layers from sequences to vectors. */
    @SuppressWarnings("deprecation") // users of DL4J still have GravesLSTM
    private static Map<String, Layer[]> layers() {
        Map<String, Layer[]> layers = new TreeMap<>();
        layers.put("last step of LSTM", new Layer[] {new LastTimeStep(lstm())});
        layers.put(
                "last step of an LSTM with peepholes",
                new Layer[] {new LastTimeStep(new GravesLSTM.Builder().nOut(3).build())});
        layers.put(
                "last step of a simple layer",
                new Layer[] {new LastTimeStep(new SimpleRnn.Builder().nOut(3).build())});
        layers.put("both directions", new Layer[] {new Bidirectional(lstm()), new GlobalPoolingLayer(PoolingType.AVG)});
        layers.put("mask", new Layer[] {new MaskLayer(), lstm(), new GlobalPoolingLayer(PoolingType.SUM)});
        layers.put("convolution", new Layer[] {
            new Convolution1DLayer.Builder(2).stride(2).nOut(3).build(), new GlobalPoolingLayer(PoolingType.SUM)
        });
        for (PoolingType type : PoolingType.values()) {
            layers.put("pool " + type, new Layer[] {lstm(), new GlobalPoolingLayer(type)});
        }
        return layers;
    }

    static Stream<String> names() {
        return layers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        Layer[] layers = layers().getOrDefault(name, new Layer[0]);
        new Contract(sequences.toVector(layers), sequences.vectors(mask()), fresh, name).holdRunning();
    }

    @Test
    void lossAtEachStepHolds() {
        for (INDArray own : new INDArray[] {sequences.mask(), null}) {
            Probe probe = sequences.steps(mask(), own);
            new Contract(sequences.toSteps(lstm()), probe, fresh, "loss at each step, own mask: " + own).holdRunning();
        }
    }

    @Test
    void whatKnowsZerosAndOnesAloneIsRefused() {
        MultiLayerNetwork losses = sequences.finish(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(lstm())
                .layer(new RnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.TANH)
                        .build()));
        assertThatThrownBy(() -> CompiledObjective.of(losses, sequences.steps(mask(), null), ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("in its place");
    }

    private INDArray mask() {
        INDArray mask = sequences.mask();
        return fresh.positive(DataType.DOUBLE, mask.shape()).muli(mask);
    }

    private static Layer lstm() {
        return new LSTM.Builder().nOut(3).build();
    }
}
