package org.thalweg.demo.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.nd4j.linalg.activations.Activation;

/** Adds to a graph what deep networks repeat; each method names the vertex that comes last. */
public final class NormalizedGraph {

    private NormalizedGraph() {}

    /**
     * A convolution and its BatchNorm, which has the biases.
     *
     * @param name of both, with what they are after it
     * @param input vertex before them
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
