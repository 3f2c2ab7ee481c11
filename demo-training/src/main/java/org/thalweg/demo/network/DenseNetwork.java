package org.thalweg.demo.network;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.demo.data.LabelledImages;

/**
 * A network of dense layers with ReLU, whose iterations take about a millisecond.
 *
 * @param hidden units of each hidden layer
 */
public record DenseNetwork(List<Integer> hidden) implements ImageNetwork {

    public DenseNetwork {
        hidden = List.copyOf(hidden);
    }

    @Override
    public MultiLayerConfiguration configuration(LabelledImages images, IUpdater updater, double l2, long seed) {
        ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(updater)
                .l2(l2)
                .list();
        for (int units : hidden) {
            layers.layer(new DenseLayer.Builder()
                    .nOut(units)
                    .activation(Activation.RELU)
                    .build());
        }
        return layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(LabelledImages.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward((long) images.rows() * images.columns()))
                .build();
    }
}
