package org.thalweg.demo.early;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.demo.data.LabelledImages;

/**
 * One wide hidden layer of ReLUs and linear outputs, trained on squared error, as in Lewkowycz et al. (2020, section 3).
 *
 * @param width units of the hidden layer
 */
record WideNetwork(int width) {

    /** The network for images from {@link LabelledImages#dataSet}. */
    MultiLayerConfiguration configuration(LabelledImages images, IUpdater updater, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(updater)
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(width)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(LabelledImages.CLASSES)
                        .activation(Activation.IDENTITY)
                        .weightInit(WeightInit.LECUN_NORMAL)
                        .build())
                .setInputType(InputType.convolutionalFlat(images.rows(), images.columns(), 1))
                .build();
    }
}
