package org.thalweg.data;

import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.NetworkLayout;

/**
 * What a network takes and gives, as far as its configuration says.
 *
 * @param inputs one an input
 * @param outputs one an output
 */
record NetworkShape(List<InputShape> inputs, List<OutputShape> outputs) {

    /** The shape of a network. */
    static NetworkShape of(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
            return new NetworkShape(
                    List.of(input(configuration.getConf(0).getLayer(), configuration.getInputPreProcess(0))),
                    List.of(output(
                            configuration.getConf(network.getnLayers() - 1).getLayer())));
        }
        ComputationGraphConfiguration graph = ((ComputationGraph) model).getConfiguration();
        return new NetworkShape(
                graph.getNetworkInputs().stream()
                        .map(name -> input(graph, name))
                        .toList(),
                graph.getNetworkOutputs().stream()
                        .map(name -> graph.getVertices().get(name) instanceof LayerVertex vertex
                                ? output(vertex.getLayerConf().getLayer())
                                : new OutputShape(0))
                        .toList());
    }

    /**
     * The input of a network that has one.
     *
     * @param source what has features for one input only
     */
    InputShape onlyInput(String source) throws IOException {
        requireOne("takes", inputs.size(), "features", source);
        return inputs.get(0);
    }

    /** The output of a network that has one; as {@link #onlyInput}. */
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

    private static OutputShape output(Layer wrapped) {
        Layer layer = NetworkLayout.unwrapped(wrapped);
        return new OutputShape(
                layer instanceof BaseOutputLayer output && !(layer instanceof RnnOutputLayer) ? output.getNOut() : 0);
    }
}
