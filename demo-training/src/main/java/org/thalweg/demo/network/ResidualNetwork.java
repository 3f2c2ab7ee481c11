package org.thalweg.demo.network;

import static org.thalweg.demo.network.NormalizedGraph.classifier;
import static org.thalweg.demo.network.NormalizedGraph.convolution;
import static org.thalweg.demo.network.NormalizedGraph.relu;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.IUpdater;
import org.thalweg.demo.data.LabelledImages;

/**
 * The residual network of K. He, X. Zhang, S. Ren and J. Sun for CIFAR-10 ("Deep residual learning for image
 * recognition", CVPR 2016, section 4.2), with or without its shortcuts: a convolution, three stages of blocks with
 * two 3 x 3 convolutions each, global average pooling, softmax; BatchNorm after every convolution. For small grey
 * images it is narrower and starts at a quarter of their resolution.
 *
 * @param blocks blocks in a stage: the network has 6 blocks + 2 weight layers
 * @param filters filters of the first stage; each later stage has twice as many and half the resolution
 * @param shortcuts whether each block adds to its input
 */
public record ResidualNetwork(int blocks, int filters, boolean shortcuts) {

    private static final int STAGES = 3;
    private static final int KERNEL = 3;
    private static final int STEM_KERNEL = 5;
    private static final int STEM_STRIDE = 4;

    /** Number of weight layers, shortcuts not counted. */
    public int depth() {
        return 2 * STAGES * blocks + 2;
    }

    /** Names the run: {@code resnet-56}, {@code plain-56}. */
    public String name() {
        return (shortcuts ? "resnet-" : "plain-") + depth();
    }

    /** The network for images from {@link LabelledImages#dataSet}. */
    public ComputationGraphConfiguration configuration(LabelledImages images, IUpdater updater, double l2, long seed) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(updater)
                .l2(l2)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutionalFlat(images.rows(), images.columns(), 1));
        String last = relu(graph, "stem", convolution(graph, "stem", STEM_KERNEL, STEM_STRIDE, filters, "images"));
        for (int stage = 0; stage < STAGES; stage++) {
            for (int block = 0; block < blocks; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                last = block(graph, "stage" + stage + "-block" + block, stride, filters << stage, last);
            }
        }
        return classifier(graph, LabelledImages.CLASSES, last);
    }

    private String block(GraphBuilder graph, String name, int stride, int width, String input) {
        String first = relu(graph, name + "-first", convolution(graph, name + "-first", KERNEL, stride, width, input));
        String second = convolution(graph, name + "-second", KERNEL, 1, width, first);
        if (!shortcuts) {
            return relu(graph, name, second);
        }
        // Where the shape changes, the shortcut is a projection, as in He et al.'s option B.
        String shortcut = stride == 1 ? input : convolution(graph, name + "-shortcut", 1, stride, width, input);
        graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), second, shortcut);
        return relu(graph, name, name + "-sum");
    }
}
