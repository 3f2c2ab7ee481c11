package org.thalweg.demo.network;

import static org.thalweg.demo.network.NormalizedGraph.classifier;
import static org.thalweg.demo.network.NormalizedGraph.convolution;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.thalweg.demo.data.LabelledImages;

/**
 * A small MobileNetV2 for grey images (M. Sandler, A. Howard, M. Zhu, A. Zhmoginov and L.-C. Chen, "MobileNetV2: inverted residuals
 * and linear bottlenecks", CVPR 2018, table 1): blocks that widen by a 1 x 1 convolution, filter each channel by itself, and narrow
 * without an activation; BatchNorm after every convolution.
 */
public final class MobileNet {

    /** Name of the first layer of its kind, which no other scenario's network has. */
    public static final String FIRST_DEPTHWISE = "stage0-block0-depthwise";

    private static final int STEM = 16;
    private static final int EXPANSION = 6;
    private static final int HEAD = 128;

    /** A stage: channels at its end, and the stride of its first block. */
    private record Stage(int channels, int blocks, int stride) {}

    private static final List<Stage> STAGES = List.of(new Stage(16, 1, 1), new Stage(24, 2, 2), new Stage(32, 2, 1));

    private MobileNet() {}

    /** The network for images from {@link LabelledImages#dataSet}. */
    public static ComputationGraphConfiguration configuration(LabelledImages images, IUpdater updater, long seed) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(updater)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutionalFlat(images.rows(), images.columns(), 1));
        String last = relu6(graph, "stem", convolution(graph, "stem", 3, 2, STEM, "images"));
        int channels = STEM;
        for (int stage = 0; stage < STAGES.size(); stage++) {
            Stage shape = STAGES.get(stage);
            for (int block = 0; block < shape.blocks(); block++) {
                String name = "stage" + stage + "-block" + block;
                last = block(graph, name, last, channels, shape.channels(), block == 0 ? shape.stride() : 1);
                channels = shape.channels();
            }
        }
        last = relu6(graph, "head", convolution(graph, "head", 1, 1, HEAD, last));
        return classifier(graph, LabelledImages.CLASSES, last);
    }

    /** An inverted residual block, with a shortcut where its output has its input's shape. */
    private static String block(GraphBuilder graph, String name, String input, int channels, int out, int stride) {
        String wide =
                relu6(graph, name + "-wide", convolution(graph, name + "-wide", 1, 1, EXPANSION * channels, input));
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
        String filtered = relu6(graph, name + "-depthwise", name + "-depthwise-norm");
        String narrow = convolution(graph, name + "-narrow", 1, 1, out, filtered);
        if (stride > 1 || channels != out) {
            return narrow;
        }
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), narrow, input);
        return name;
    }

    private static String relu6(GraphBuilder graph, String name, String input) {
        graph.addLayer(name + "-relu6", new ActivationLayer(Activation.RELU6), input);
        return name + "-relu6";
    }
}
