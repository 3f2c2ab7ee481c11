package org.thalweg.demo.edge;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.thalweg.demo.data.LabelledImages;

/**
 * Small networks with smooth activations, so that the Hessian exists everywhere. Weights start uniform within 1 /
 * sqrt(inputs) of 0: the loss is flat at first, which leaves room for sharpness to rise.
 */
public enum TanhNetwork {
    /** Three hidden layers of 32. */
    MLP(500) {
        @Override
        void addHidden(ListBuilder layers) {
            layers.layer(dense()).layer(dense()).layer(dense());
        }
    },
    /** Two convolutions of stride 2, then a hidden layer of 32. */
    CNN(200) {
        @Override
        void addHidden(ListBuilder layers) {
            layers.layer(convolution(5, 8)).layer(convolution(3, 16)).layer(dense());
        }
    };

    private static final int WIDTH = 32;

    private final int images;

    TanhNetwork(int images) {
        this.images = images;
    }

    /** Number of training images; each step uses all of them. */
    int images() {
        return images;
    }

    abstract void addHidden(ListBuilder layers);

    /** The network for images from {@link LabelledImages#dataSet}, trained by an updater. */
    MultiLayerConfiguration configuration(LabelledImages images, TrainingLoss loss, IUpdater updater, long seed) {
        ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.UNIFORM)
                .activation(Activation.TANH)
                .updater(updater)
                .list();
        addHidden(layers);
        return layers.layer(new OutputLayer.Builder(loss.function())
                        .activation(loss.activation())
                        .nOut(LabelledImages.CLASSES)
                        .build())
                .setInputType(InputType.convolutionalFlat(images.rows(), images.columns(), 1))
                .build();
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(WIDTH).build();
    }

    private static ConvolutionLayer convolution(int kernel, int filters) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .stride(2, 2)
                .nOut(filters)
                .build();
    }
}
