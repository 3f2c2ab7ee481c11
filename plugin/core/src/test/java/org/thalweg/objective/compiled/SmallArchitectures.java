package org.thalweg.objective.compiled;

import static org.deeplearning4j.nn.conf.ConvolutionMode.Same;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Probe;

/** Whole networks, smaller than life. */
final class SmallArchitectures {

    static final int SIDE = 12;
    static final int CLASSES = 5;

    private SmallArchitectures() {}

    /** Convolution and pool twice, then dense: the shape of LeNet, on flat images as MNIST comes. */
    static MultiLayerNetwork leNet(Fresh fresh) {
        return finish(
                fresh,
                builder(Activation.RELU)
                        .list()
                        .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                        .layer(pool())
                        .layer(new ConvolutionLayer.Builder(2, 2).nOut(6).build())
                        .layer(pool())
                        .layer(new DenseLayer.Builder().nOut(10).build()));
    }

    /** Blocks of 3 x 3 convolutions with normalization, before the activation or after it. */
    static MultiLayerNetwork vgg(Fresh fresh, boolean normalizationFirst) {
        ListBuilder layers = builder(Activation.RELU).list();
        for (int maps : new int[] {3, 4, 6}) {
            for (int i = 0; i < 2; i++) {
                ConvolutionLayer.Builder convolution =
                        new ConvolutionLayer.Builder(3, 3).nOut(maps).convolutionMode(Same);
                if (normalizationFirst) {
                    layers.layer(convolution.activation(Activation.IDENTITY).build());
                    layers.layer(new BatchNormalization());
                    layers.layer(new ActivationLayer(Activation.RELU));
                } else {
                    layers.layer(convolution.build());
                    layers.layer(new BatchNormalization());
                }
            }
            layers.layer(pool());
        }
        return finish(fresh, layers.layer(new DenseLayer.Builder().nOut(8).build()));
    }

    /** Dense layers. */
    static MultiLayerNetwork mlp(Fresh fresh) {
        return finish(
                fresh,
                builder(Activation.TANH)
                        .list()
                        .layer(new DenseLayer.Builder().nOut(9).build())
                        .layer(new DenseLayer.Builder().nOut(7).build()));
    }

    /** Images and classes that these networks take. */
    static Probe probe(Fresh fresh, int examples) {
        return Probe.of(
                fresh.normal(DataType.DOUBLE, examples, SIDE * SIDE), fresh.oneHot(DataType.DOUBLE, examples, CLASSES));
    }

    static NeuralNetConfiguration.Builder builder(Activation activation) {
        return new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).activation(activation);
    }

    /** Adds the output and draws parameters. */
    static MultiLayerNetwork finish(Fresh fresh, ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(CLASSES)
                        .build())
                .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
                .build());
        network.init();
        return fresh.parameters(network);
    }

    private static SubsamplingLayer pool() {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
