package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ConvolutionUtils;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** Masks that convolutions over time reduce by their windows, with any stride, dilation and padding. */
@ExtendWith(DoubleByDefault.class)
class MaskedWindowsTest {

    private static final int EXAMPLES = 5;
    private static final ConvolutionMode[] MODES = {
        ConvolutionMode.Truncate, ConvolutionMode.Same, ConvolutionMode.Causal
    };

    private final Fresh fresh = Fresh.start();
    private final SplittableRandom random = new SplittableRandom(fresh.seed());

    @RepeatedTest(6)
    void holds() {
        ConvolutionMode mode = MODES[random.nextInt(MODES.length)];
        Convolution1DLayer.Builder convolution = new Convolution1DLayer.Builder(2 + random.nextInt(2))
                .nOut(3)
                .stride(1 + random.nextInt(3))
                .dilation(1 + random.nextInt(3))
                .convolutionMode(mode)
                .padding(mode == ConvolutionMode.Truncate ? random.nextInt(2) : 0);
        int time = 7 + random.nextInt(4);
        Sequences sequences = Sequences.of(fresh, EXAMPLES, time);
        MultiLayerNetwork network = network(sequences, convolution.build());
        INDArray[] masks = {
            sequences.padding(),
            sequences.mask(),
            Nd4j.ones(DataType.DOUBLE, EXAMPLES, time),
            sequences.mask().muli(0.3)
        };
        String what = convolution.build() + " over " + time + " steps, mask ";
        for (int i = 0; i < masks.length; i++) {
            Probe probe = sequences.vectors(masks[i]);
            Contract contract = new Contract(network, probe, fresh, what + i);
            contract.holdRunning();
            contract.holdDerivatives(ObjectiveOptions.DEFAULT.withBatchSize(3));
            otherLengthIsTheSameFunction(network, probe, time + 1);
        }
        new Contract(network.toComputationGraph(), sequences.vectors(masks[0]), fresh, what + "of a graph")
                .holdRunning();
    }

    private void otherLengthIsTheSameFunction(MultiLayerNetwork network, Probe probe, int time) {
        Sequences longer = Sequences.of(fresh, 2, time);
        Probe other = longer.vectors(longer.padding());
        try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            assertThat(objective.withMiniBatch(other).evaluate(theta).loss())
                    .as("a smaller batch of longer sequences, -Dthalweg.seed=%d", fresh.seed())
                    .isCloseTo(network.score(Converted.dataSet(other), false), within(1e-10));
        }
    }

    /** ND4J's oneDNN ignores the dilation in single precision, so that there is no function to agree with. */
    @Test
    void masksInSinglePrecisionAreRefusedWithDilationAlone() {
        Sequences sequences = Sequences.of(fresh, EXAMPLES, 8);
        Probe probe = Converted.probe(sequences.vectors(sequences.padding()), DataType.FLOAT);
        MultiLayerNetwork dilated = network(
                sequences, new Convolution1DLayer.Builder(2).nOut(3).dilation(2).build());
        assertThatThrownBy(() ->
                        CompiledObjective.of(dilated.convertDataType(DataType.FLOAT), probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("layer2")
                .hasMessageContaining("without the dilation unless it has the type DOUBLE");
        MultiLayerNetwork dense = network(
                sequences, new Convolution1DLayer.Builder(2).nOut(3).stride(2).build());
        CompiledObjective.of(dense.convertDataType(DataType.FLOAT), probe, ObjectiveOptions.DEFAULT)
                .close();
    }

    @Test
    void nd4jPoolsMasksWithTheDilationInDoublePrecision() {
        INDArray mask = Nd4j.createFromArray(new double[][] {{0, 1, 0, 1, 0}});
        // Windows {0, 2} and {2, 4}.
        assertThat(ConvolutionUtils.cnn1dMaskReduction(mask, 2, 2, 0, 2, ConvolutionMode.Truncate))
                .isEqualTo(Nd4j.createFromArray(new double[][] {{0, 0}}));
    }

    @Test
    void windowsInThePaddingAreRefused() {
        Sequences sequences = Sequences.of(fresh, EXAMPLES, 5);
        MultiLayerNetwork network = network(
                sequences, new Convolution1DLayer.Builder(1).nOut(3).padding(1).build());
        Probe masked = sequences.vectors(sequences.padding());
        assertThatThrownBy(() -> CompiledObjective.of(network, masked, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("layer2")
                .hasMessageContaining("wholly in the padding");
    }

    /** The pool is a sum, since there is no mean of a sequence that is masked wholly. */
    private static MultiLayerNetwork network(Sequences sequences, Layer convolution) {
        return sequences.toVector(
                new LSTM.Builder().nOut(3).build(), convolution, new GlobalPoolingLayer(PoolingType.SUM));
    }
}
