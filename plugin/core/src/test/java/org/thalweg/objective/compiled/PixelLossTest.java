package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/**
 * Losses at each pixel of NHWC images. Deeplearning4j's score takes rows for channels there and its gradient does not: both
 * are of one function where rows and channels are treated alike.
 */
class PixelLossTest {

    private static final int EXAMPLES = 4;
    private static final int CHANNELS = 3;

    private final Fresh fresh = Fresh.start();

    @ParameterizedTest
    @EnumSource(
            value = LossFunction.class,
            names = {"L1", "L2", "XENT", "HINGE", "SQUARED_HINGE", "KL_DIVERGENCE", "POISSON"})
    void sumsOverEntriesHold(LossFunction loss) {
        for (int height : new int[] {1, 2, CHANNELS, 5}) {
            hold(loss.getILossFunction(), height);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LossFunction.class,
            names = {
                "MSE",
                "SQUARED_LOSS",
                "MEAN_ABSOLUTE_ERROR",
                "MEAN_ABSOLUTE_PERCENTAGE_ERROR",
                "MEAN_SQUARED_LOGARITHMIC_ERROR",
                "WASSERSTEIN"
            })
    void meansHoldForImagesAsHighAsTheyHaveChannels(LossFunction loss) {
        hold(loss.getILossFunction(), CHANNELS);
        refused(loss.getILossFunction(), Activation.SIGMOID, CHANNELS + 1);
    }

    static Stream<LossFunction> ofRows() {
        return Stream.of(LossFunction.MCXENT, LossFunction.NEGATIVELOGLIKELIHOOD, LossFunction.COSINE_PROXIMITY);
    }

    @ParameterizedTest
    @MethodSource("ofRows")
    void lossesOfAllChannelsOfAPixelAreRefused(LossFunction loss) {
        refused(loss.getILossFunction(), Activation.SOFTMAX, CHANNELS);
    }

    @Test
    void functionsAndWeightsOfChannelsAreRefused() {
        refused(new LossL2(), Activation.SOFTMAX, CHANNELS);
        refused(new LossL2(fresh.positive(DataType.DOUBLE, 1, CHANNELS)), Activation.TANH, CHANNELS);
    }

    private void hold(ILossFunction loss, int height) {
        MultiLayerNetwork network = network(loss, Activation.SIGMOID, height, CNN2DFormat.NHWC);
        new Contract(network, probe(height), fresh, loss + " of NHWC pixels, height " + height).hold();
    }

    private void refused(ILossFunction loss, Activation activation, int height) {
        MultiLayerNetwork network = network(loss, activation, height, CNN2DFormat.NHWC);
        assertThatThrownBy(() -> CompiledObjective.of(network, probe(height), ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("layer1")
                .hasMessageContaining("rows for channels")
                .hasMessageContaining(loss.getClass().getSimpleName());
    }

    private Probe probe(int height) {
        INDArray labels = fresh.positive(DataType.DOUBLE, EXAMPLES, height, 4, CHANNELS);
        return Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, height, 4, 2), labels);
    }

    private MultiLayerNetwork network(ILossFunction loss, Activation activation, int height, CNN2DFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(new ConvolutionLayer.Builder(1, 1)
                        .nOut(CHANNELS)
                        .dataFormat(format)
                        .build())
                .layer(new CnnLossLayer.Builder(loss)
                        .format(format)
                        .activation(activation)
                        .build())
                .setInputType(InputType.convolutional(height, 4, 2, format))
                .validateOutputLayerConfig(false)
                .build());
        network.init();
        return fresh.parameters(network);
    }
}
