package org.thalweg.demo.vgg;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.demo.data.LabelledImages;

/**
 * A VGG with 13 weight layers: ten 3 x 3 convolutions with BatchNorm in four blocks, two hidden layers, dropout,
 * softmax.
 *
 * @param width filters of the first block, doubled in each later block; hidden layers have 64 times as many. 64 in
 *     the original.
 */
record VggNetwork(int width) {

    private static final int[] CONVOLUTIONS = {2, 2, 3, 3};
    private static final int KERNEL = 3;
    private static final int HIDDEN = 64;
    private static final double KEPT = 0.5;

    /** The network for images from {@link LabelledImages#dataSet}, trained by Adam. */
    MultiLayerConfiguration configuration(LabelledImages images, double learningRate, long seed) {
        ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(new Adam(learningRate))
                .convolutionMode(ConvolutionMode.Same)
                .list();
        for (int block = 0; block < CONVOLUTIONS.length; block++) {
            for (int i = 0; i < CONVOLUTIONS[block]; i++) {
                addConvolution(layers, width << block);
            }
            layers.layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .build());
        }
        return layers.layer(hidden())
                .layer(hidden())
                .layer(new DropoutLayer(KEPT))
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(LabelledImages.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(images.rows(), images.columns(), 1))
                .build();
    }

    private static void addConvolution(ListBuilder layers, int filters) {
        layers.layer(new ConvolutionLayer.Builder(KERNEL, KERNEL)
                        .nOut(filters)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new BatchNormalization())
                .layer(new ActivationLayer(Activation.RELU));
    }

    private DenseLayer hidden() {
        return new DenseLayer.Builder()
                .nOut(HIDDEN * width)
                .activation(Activation.RELU)
                .build();
    }
}
