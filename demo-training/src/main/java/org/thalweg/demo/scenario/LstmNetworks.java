package org.thalweg.demo.scenario;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.demo.data.LabelledSequences;

/** Two LSTM layers, and a softmax after the last step or after each. */
final class LstmNetworks {

    private static final double LEARNING_RATE = 2e-3;
    private static final int CLASSIFIER_UNITS = 32;
    private static final int CHARACTER_UNITS = 64;

    private LstmNetworks() {}

    /** One label a sequence, {@code [classes]}. */
    static MultiLayerNetwork classifier(LabelledSequences examples, long seed) {
        return network(
                examples,
                seed,
                lstm(CLASSIFIER_UNITS),
                new LastTimeStep(lstm(CLASSIFIER_UNITS)),
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(examples.labelShape()[0])
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    /** A label at every step, {@code [classes, steps]}. */
    static MultiLayerNetwork characterModel(LabelledSequences examples, long seed) {
        return network(
                examples,
                seed,
                lstm(CHARACTER_UNITS),
                lstm(CHARACTER_UNITS),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(examples.labelShape()[0])
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    private static MultiLayerNetwork network(LabelledSequences examples, long seed, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(LEARNING_RATE))
                .list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.recurrent(examples.featureShape()[0], examples.featureShape()[1]))
                        .build());
        network.init();
        return network;
    }

    private static LSTM lstm(int units) {
        return new LSTM.Builder().nOut(units).activation(Activation.TANH).build();
    }
}
