package org.thalweg.demo.network;

import static org.thalweg.demo.network.NormalizedGraph.classifier;
import static org.thalweg.demo.network.NormalizedGraph.convolution;
import static org.thalweg.demo.network.NormalizedGraph.relu;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.IUpdater;
import org.thalweg.demo.data.LabelledImages;

/**
 * A small Inception network for grey images (C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, figure 2b): modules
 * whose branches, 1 x 1, 3 x 3 and 5 x 5 convolutions and a pooling, see the same input and are joined by channel. BatchNorm after
 * every convolution (S. Ioffe and C. Szegedy, ICML 2015).
 *
 * @param width channels of the narrowest branches; a module has eight times as many
 * @param modules number of modules; the first of each two halves the image
 */
public record Inception(int width, int modules) {

    private static final int STEM_STRIDE = 2;
    private static final int POOL = 3;

    /** The network for images from {@link LabelledImages#dataSet}. */
    public ComputationGraphConfiguration configuration(LabelledImages images, IUpdater updater, long seed) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(updater)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutionalFlat(images.rows(), images.columns(), 1));
        String last = unit(graph, "stem", 3, STEM_STRIDE, 4 * width, "images");
        for (int i = 0; i < modules; i++) {
            last = module(graph, "module" + i, i % 2 == 0 ? pool(graph, "pool" + i, 2, last) : last);
        }
        return classifier(graph, LabelledImages.CLASSES, last);
    }

    /** Shares of 1 x 1, 3 x 3, 5 x 5 and pooling: 2, 4, 1 and 1, as in the source's module 3a. */
    private String module(GraphBuilder graph, String name, String input) {
        String one = unit(graph, name + "-1x1", 1, 1, 2 * width, input);
        String three =
                unit(graph, name + "-3x3", 3, 1, 4 * width, unit(graph, name + "-3x3-reduce", 1, 1, 3 * width, input));
        String five = unit(graph, name + "-5x5", 5, 1, width, unit(graph, name + "-5x5-reduce", 1, 1, width, input));
        String pooled = unit(graph, name + "-pool-1x1", 1, 1, width, pool(graph, name + "-pool", 1, input));
        graph.addVertex(name, new MergeVertex(), one, three, five, pooled);
        return name;
    }

    private static String unit(GraphBuilder graph, String name, int kernel, int stride, int filters, String input) {
        return relu(graph, name, convolution(graph, name, kernel, stride, filters, input));
    }

    private static String pool(GraphBuilder graph, String name, int stride, String input) {
        graph.addLayer(
                name,
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(POOL, POOL)
                        .stride(stride, stride)
                        .build(),
                input);
        return name;
    }
}
