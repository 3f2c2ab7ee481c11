package org.thalweg.demo.imagenet;

import static org.thalweg.demo.network.NormalizedGraph.classifier;
import static org.thalweg.demo.network.NormalizedGraph.convolution;
import static org.thalweg.demo.network.NormalizedGraph.relu;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A residual network of bottleneck blocks for colour images (K. He, X. Zhang, S. Ren and J. Sun, "Deep residual
 * learning for image recognition", CVPR 2016, table 1).
 *
 * @param blocks number of blocks of each stage; 3, 4, 6, 3 for ResNet-50
 * @param width filters of the first stage's 3 x 3 convolutions, doubled in each later stage; 64 for ResNet-50
 * @param side width and height of the images in pixels
 * @param classes number of classes
 */
record BottleneckNetwork(List<Integer> blocks, int width, int side, int classes) {

    private static final int COLOURS = 3;
    /** Filters of a block's output divided by those of its 3 x 3 convolution. */
    private static final int EXPANSION = 4;

    BottleneckNetwork {
        blocks = List.copyOf(blocks);
    }

    /** The network for images {@code [n, 3, side, side]}. */
    ComputationGraphConfiguration configuration(long seed) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(new Sgd())
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(side, side, COLOURS));
        String last = relu(graph, "stem", convolution(graph, "stem", 7, 2, width, "images"));
        graph.addLayer(
                "stem-pool",
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(3, 3)
                        .stride(2, 2)
                        .build(),
                last);
        last = "stem-pool";
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                last = block(graph, "stage" + stage + "-block" + block, stride, width << stage, block == 0, last);
            }
        }
        return classifier(graph, classes, last);
    }

    private static String block(GraphBuilder graph, String name, int stride, int filters, boolean first, String input) {
        String narrowed = relu(graph, name + "-first", convolution(graph, name + "-first", 1, stride, filters, input));
        String seen = relu(graph, name + "-second", convolution(graph, name + "-second", 3, 1, filters, narrowed));
        String widened = convolution(graph, name + "-third", 1, 1, EXPANSION * filters, seen);
        String shortcut = first ? convolution(graph, name + "-shortcut", 1, stride, EXPANSION * filters, input) : input;
        graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), widened, shortcut);
        return relu(graph, name, name + "-sum");
    }
}
