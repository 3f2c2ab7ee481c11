package org.thalweg.demo.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.nd4j.linalg.activations.Activation;

/** Adds recurring parts of deep networks to a graph; each method returns the name of the last vertex. */
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

    /** A ReLU. */
    public static String relu(GraphBuilder graph, String name, String input) {
        graph.addLayer(name + "-relu", new ActivationLayer(Activation.RELU), input);
        return name + "-relu";
    }
}
