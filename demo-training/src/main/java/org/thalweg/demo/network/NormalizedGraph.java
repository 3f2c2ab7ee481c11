package org.thalweg.demo.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Adds recurring parts of deep networks to a graph. Methods return the name of the last vertex, and the last one the whole. */
public final class NormalizedGraph {

    private NormalizedGraph() {}

    /**
     * A convolution without biases and its BatchNorm.
     *
     * @param name prefix of both vertices' names
     * @param input name of the vertex before them
     */
    public static String convolution(
            GraphBuilder graph, String name, int kernel, int stride, int filters, String input) {
        ConvolutionLayer convolution = new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .nOut(filters)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
        graph.addLayer(name + "-convolution", convolution, input);
        graph.addLayer(name + "-norm", new BatchNormalization(), name + "-convolution");
        return name + "-norm";
    }

    /** The mean over each image's channels and a softmax, which are the graph's end. */
    public static ComputationGraphConfiguration classifier(GraphBuilder graph, int classes, String input) {
        return graph.addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), input)
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

    /** A ReLU. */
    public static String relu(GraphBuilder graph, String name, String input) {
        graph.addLayer(name + "-relu", new ActivationLayer(Activation.RELU), input);
        return name + "-relu";
    }
}
