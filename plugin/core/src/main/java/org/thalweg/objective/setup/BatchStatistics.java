package org.thalweg.objective.setup;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/**
 * A batch of one example has no variance after a dense layer: BatchNorm would return its beta whatever the weights are.
 */
final class BatchStatistics {

    private BatchStatistics() {}

    /**
     * Requires more than one example in each batch where statistics are computed per batch.
     *
     * @throws IllegalArgumentException naming the batch
     */
    static void require(Model model, Probe probe, ObjectiveOptions options) {
        int rest = probe.size() % options.batchSize();
        boolean single = options.batchSize() == 1 || probe.size() == 1 || rest == 1;
        if (options.mode() != ObjectiveMode.RUNNING && single && normalizesVectors(model)) {
            throw new IllegalArgumentException(
                    "batches must have at least 2 examples for BatchNorm after a dense layer, "
                            + probe.size() + " examples in batches of " + options.batchSize()
                            + " leave a batch of 1: take another number of examples, or another batch size");
        }
    }

    private static boolean normalizesVectors(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            for (int i = 1; i < network.getnLayers(); i++) {
                if (normalizes(layer(network, i - 1), layer(network, i))) {
                    return true;
                }
            }
            return false;
        }
        if (!(model instanceof ComputationGraph graph)) {
            return false;
        }
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        return configuration.getVertexInputs().entrySet().stream().anyMatch(entry -> {
            List<String> inputs = entry.getValue();
            return inputs.size() == 1
                    && configuration.getVertices().get(entry.getKey()) instanceof LayerVertex vertex
                    && configuration.getVertices().get(inputs.get(0)) instanceof LayerVertex before
                    && normalizes(
                            NetworkLayout.unwrapped(before.getLayerConf().getLayer()),
                            NetworkLayout.unwrapped(vertex.getLayerConf().getLayer()));
        });
    }

    private static Layer layer(MultiLayerNetwork network, int i) {
        return NetworkLayout.unwrapped(
                network.getLayerWiseConfigurations().getConf(i).getLayer());
    }

    private static boolean normalizes(Layer before, Layer layer) {
        return layer instanceof BatchNormalization && before instanceof DenseLayer;
    }
}
