package org.thalweg.demo.network;

import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The LeNet of DL4J's MNIST example (431,080 parameters) without its L2 penalty, so that training descends the
 * surface that is shown, the data loss.
 */
public final class LeNet {

    /** Keys of the parameters. */
    public static final Set<String> PARAMETERS = Set.of("0_W", "0_b", "2_W", "2_b", "4_W", "4_b", "5_W", "5_b");

    private LeNet() {}

    /**
     * The network for images from {@link org.thalweg.demo.data.LabelledImages#dataSet}.
     *
     * @param rows height of an image
     * @param columns width of an image
     * @param classes number of classes
     * @param updater the optimizer
     * @param seed seed of the weights
     */
    public static MultiLayerConfiguration configuration(
            int rows, int columns, int classes, IUpdater updater, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .updater(updater)
                .list()
                .layer(convolution(20))
                .layer(pooling())
                .layer(convolution(50))
                .layer(pooling())
                .layer(new DenseLayer.Builder()
                        .nOut(500)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(rows, columns, 1))
                .build();
    }

    private static ConvolutionLayer convolution(int filters) {
        return new ConvolutionLayer.Builder(5, 5)
                .stride(1, 1)
                .nOut(filters)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
