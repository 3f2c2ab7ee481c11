package org.thalweg.benchmarks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small MobileNetV2 (M. Sandler et al., CVPR 2018), with the same layers as in {@code peers.py}. */
final class InvertedResiduals {

    private static final int EXPANSION = 6;
    /** Channels and stride of each block. */
    private static final int[][] BLOCKS = {{16, 1}, {24, 2}, {24, 1}, {32, 2}, {32, 1}};

    private static final int HEAD = 128;

    private InvertedResiduals() {}

    static ComputationGraphConfiguration configuration(NeuralNetConfiguration.Builder base, int side, int classes) {
        GraphBuilder graph = base.convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(side, side, 1));
        int channels = BLOCKS[0][0];
        String last = relu6(graph, convolution(graph, "stem", 3, channels, "images"));
        for (int i = 0; i < BLOCKS.length; i++) {
            last = block(graph, "block" + i, last, channels, BLOCKS[i][0], BLOCKS[i][1]);
            channels = BLOCKS[i][0];
        }
        last = relu6(graph, convolution(graph, "head", 1, HEAD, last));
        return graph.addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), last)
                .addLayer(
                        "output",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(classes)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "mean")
                .setOutputs("output")
                .build();
    }

    private static String block(GraphBuilder graph, String name, String input, int channels, int out, int stride) {
        String wide = relu6(graph, convolution(graph, name + "-wide", 1, EXPANSION * channels, input));
        graph.addLayer(
                name + "-depthwise",
                new DepthwiseConvolution2D.Builder()
                        .kernelSize(3, 3)
                        .stride(stride, stride)
                        .depthMultiplier(1)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                wide);
        graph.addLayer(name + "-depthwise-norm", new BatchNormalization(), name + "-depthwise");
        String narrow = convolution(graph, name + "-narrow", 1, out, relu6(graph, name + "-depthwise-norm"));
        if (stride > 1 || channels != out) {
            return narrow;
        }
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), narrow, input);
        return name;
    }

    private static String convolution(GraphBuilder graph, String name, int kernel, int channels, String input) {
        graph.addLayer(
                name,
                new ConvolutionLayer.Builder(kernel, kernel)
                        .nOut(channels)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                input);
        graph.addLayer(name + "-norm", new BatchNormalization(), name);
        return name + "-norm";
    }

    private static String relu6(GraphBuilder graph, String input) {
        graph.addLayer(input + "-relu6", new ActivationLayer(Activation.RELU6), input);
        return input + "-relu6";
    }
}
