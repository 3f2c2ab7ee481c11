package org.thalweg.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterSnapshot;

/**
 * A network read from a file.
 *
 * @param model a MultiLayerNetwork or a ComputationGraph
 * @param file the file
 * @param normalized whether the file also has a data normalizer, which is not applied
 * @since 0.2.0
 */
public record SavedNetwork(Model model, Path file, boolean normalized) {

    /** Its parameters, with the counts of iterations and epochs in its configuration. */
    public ParameterSnapshot snapshot() {
        INDArray parameters = model.params();
        return model instanceof MultiLayerNetwork network
                ? new ParameterSnapshot(network.getIterationCount(), network.getEpochCount(), parameters)
                : snapshot((ComputationGraph) model, parameters);
    }

    private static ParameterSnapshot snapshot(ComputationGraph graph, INDArray parameters) {
        return new ParameterSnapshot(graph.getIterationCount(), graph.getEpochCount(), parameters);
    }

    /**
     * Checks that networks have one architecture: the same layers with the same arrays and activations, of one data type.
     *
     * @throws IllegalArgumentException naming the first difference
     */
    public static void requireSame(List<SavedNetwork> networks) {
        SavedNetwork first = networks.get(0);
        List<String> expected = parts(first.model);
        for (SavedNetwork other : networks) {
            List<String> given = parts(other.model);
            DataType type = other.model.params().dataType();
            if (type != first.model.params().dataType()) {
                throw new IllegalArgumentException("models must be of one data type: " + other.file + " is of " + type
                        + ", " + first.file + " of " + first.model.params().dataType());
            }
            for (int i = 0; i < Math.max(expected.size(), given.size()); i++) {
                String a = i < expected.size() ? expected.get(i) : "nothing";
                String b = i < given.size() ? given.get(i) : "nothing";
                if (!a.equals(b)) {
                    throw new IllegalArgumentException("models must be of one architecture: " + other.file + " has " + b
                            + " where " + first.file + " has " + a);
                }
            }
        }
    }

    private static List<String> parts(Model model) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Layer> layer : NetworkLayout.layers(model).entrySet()) {
            org.deeplearning4j.nn.conf.layers.Layer configured =
                    NetworkLayout.unwrapped(layer.getValue().conf().getLayer());
            String activation = configured instanceof BaseLayer base ? " with " + base.getActivationFn() : "";
            parts.add("layer " + layer.getKey() + ", " + configured.getClass().getSimpleName() + activation);
        }
        for (ParameterBlock block : NetworkLayout.of(model).blocks()) {
            parts.add(block.key() + " of shape " + Arrays.toString(block.shape()));
        }
        return parts;
    }
}
