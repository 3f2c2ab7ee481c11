package org.thalweg.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.NetworkLayout;

/**
 * The shapes of a network's inputs and outputs, as far as its configuration says.
 *
 * @param inputs one for each input
 * @param outputs one for each output
 */
record NetworkShape(List<InputShape> inputs, List<OutputShape> outputs) {

    /** The shape of a network. */
    static NetworkShape of(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
            return new NetworkShape(
                    List.of(input(configuration.getConf(0).getLayer(), configuration.getInputPreProcess(0))),
                    List.of(output(backwards(configuration))));
        }
        ComputationGraphConfiguration graph = ((ComputationGraph) model).getConfiguration();
        return new NetworkShape(
                graph.getNetworkInputs().stream()
                        .map(name -> input(graph, name))
                        .toList(),
                graph.getNetworkOutputs().stream()
                        .map(name -> output(backwards(graph, name)))
                        .toList());
    }

    /**
     * The input of a network with a single input.
     *
     * @param source name of the data, which has features for a single input
     */
    InputShape onlyInput(String source) throws IOException {
        requireOne("takes", inputs.size(), "features", source);
        return inputs.get(0);
    }

    /** The output of a network with a single output, as {@link #onlyInput}. */
    OutputShape onlyOutput(String source) throws IOException {
        requireOne("gives", outputs.size(), "labels", source);
        return outputs.get(0);
    }

    private static void requireOne(String verb, int count, String what, String source) throws IOException {
        if (count != 1) {
            throw new IOException("the network " + verb + " " + count + " arrays, " + source
                    + " has one: give HDF5 with " + what + ", " + what + "_1, ...");
        }
    }

    private static InputShape input(ComputationGraphConfiguration graph, String name) {
        return graph.getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(entry -> graph.getVertices().get(entry.getKey()))
                .filter(LayerVertex.class::isInstance)
                .map(LayerVertex.class::cast)
                .map(vertex -> input(vertex.getLayerConf().getLayer(), vertex.getPreProcessor()))
                .filter(shape -> !(shape instanceof InputShape.Other))
                .findFirst()
                .orElse(new InputShape.Other());
    }

    private static InputShape input(Layer wrapped, @Nullable InputPreProcessor preprocessor) {
        Layer layer = NetworkLayout.unwrapped(wrapped);
        if (preprocessor instanceof FeedForwardToCnnPreProcessor images) {
            return new InputShape.Flat(images.getInputHeight() * images.getInputWidth() * images.getNumChannels());
        }
        if (preprocessor != null) {
            return new InputShape.Other();
        }
        if (layer.getClass() == ConvolutionLayer.class) {
            ConvolutionLayer convolution = (ConvolutionLayer) layer;
            return new InputShape.Images(convolution.getNIn(), convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        }
        if (layer instanceof SubsamplingLayer pool && layer.getClass() == SubsamplingLayer.class) {
            return new InputShape.Images(0, pool.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        }
        if (layer instanceof DenseLayer dense) {
            return new InputShape.Flat(dense.getNIn());
        }
        return layer instanceof OutputLayer output ? new InputShape.Flat(output.getNIn()) : new InputShape.Other();
    }

    /** The layers of a network, the last one first. */
    private static List<Layer> backwards(MultiLayerConfiguration configuration) {
        List<Layer> layers = new ArrayList<>();
        for (int i = configuration.getConfs().size() - 1; i >= 0; i--) {
            layers.add(NetworkLayout.unwrapped(configuration.getConf(i).getLayer()));
        }
        return layers;
    }

    /** The layers of a graph that lead to an output, the last one first, up to the first branch. */
    private static List<Layer> backwards(ComputationGraphConfiguration graph, String output) {
        List<Layer> layers = new ArrayList<>();
        String name = output;
        while (graph.getVertices().get(name) instanceof LayerVertex vertex) {
            layers.add(NetworkLayout.unwrapped(vertex.getLayerConf().getLayer()));
            List<String> inputs = graph.getVertexInputs().getOrDefault(name, List.of());
            if (inputs.size() != 1) {
                break;
            }
            name = inputs.get(0);
        }
        return layers;
    }

    private static OutputShape output(List<Layer> backwards) {
        if (backwards.isEmpty()) {
            return OutputShape.UNKNOWN;
        }
        Layer last = backwards.get(0);
        if (last instanceof BaseOutputLayer output && !(last instanceof RnnOutputLayer)) {
            return OutputShape.of(output.getNOut(), output.getLossFn());
        }
        return last instanceof LossLayer loss
                ? OutputShape.of(width(backwards), loss.getLossFn())
                : OutputShape.UNKNOWN;
    }

    /**
     * Number of values for each example that reach a layer without parameters: those of the last dense layer; 0 for
     * another kind of layer.
     */
    private static long width(List<Layer> backwards) {
        boolean pooled = false;
        for (Layer layer : backwards.subList(1, backwards.size())) {
            if (layer instanceof DenseLayer || (pooled && layer instanceof FeedForwardLayer)) {
                return ((FeedForwardLayer) layer).getNOut();
            }
            boolean keepsWidth = layer instanceof ActivationLayer
                    || layer instanceof DropoutLayer
                    || layer instanceof BatchNormalization
                    || layer instanceof GlobalPoolingLayer;
            if (!keepsWidth) {
                return 0;
            }
            pooled |= layer instanceof GlobalPoolingLayer;
        }
        return 0;
    }
}
