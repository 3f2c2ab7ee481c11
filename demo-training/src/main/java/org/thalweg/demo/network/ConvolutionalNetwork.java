package org.thalweg.demo.network;

import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.demo.data.LabelledImages;

/**
 * A small VGG-like network: pairs of 3 x 3 convolutions, the first of which halves the image, then a hidden layer.
 *
 * @param filters filters of each pair of convolutions
 * @param batchNorm whether every convolution is followed by BatchNorm
 * @param dropout whether half of the hidden layer's inputs are dropped in training
 */
public record ConvolutionalNetwork(List<Integer> filters, boolean batchNorm, boolean dropout) implements ImageNetwork {

    private static final int KERNEL = 3;
    private static final int HIDDEN = 64;
    private static final double KEPT = 0.5;

    public ConvolutionalNetwork {
        filters = List.copyOf(filters);
    }

    @Override
    public MultiLayerConfiguration configuration(LabelledImages images, IUpdater updater, double l2, long seed) {
        ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(updater)
                .l2(l2)
                .convolutionMode(ConvolutionMode.Same)
                .list();
        for (int width : filters) {
            addConvolution(layers, width, 2);
            addConvolution(layers, width, 1);
        }
        DenseLayer.Builder hidden = new DenseLayer.Builder().nOut(HIDDEN).activation(Activation.RELU);
        if (dropout) {
            hidden.dropOut(KEPT);
        }
        return layers.layer(hidden.build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(LabelledImages.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(images.rows(), images.columns(), 1))
                .build();
    }

    private void addConvolution(ListBuilder layers, int width, int stride) {
        layers.layer(new ConvolutionLayer.Builder(KERNEL, KERNEL)
                .stride(stride, stride)
                .nOut(width)
                .activation(Activation.IDENTITY)
                .build());
        if (batchNorm) {
            layers.layer(new BatchNormalization());
        }
        layers.layer(new ActivationLayer(Activation.RELU));
    }
}
