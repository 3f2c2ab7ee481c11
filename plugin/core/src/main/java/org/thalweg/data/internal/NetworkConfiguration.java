package org.thalweg.data.internal;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.recording.internal.FileErrors;

/** A network's configuration as Deeplearning4j's JSON, there and back. */
public final class NetworkConfiguration {

    private NetworkConfiguration() {}

    /** The configuration of a {@link MultiLayerNetwork} or {@link ComputationGraph}. */
    public static String toJson(Model model) {
        return model instanceof MultiLayerNetwork network
                ? network.getLayerWiseConfigurations().toJson()
                : ((ComputationGraph) model).getConfiguration().toJson();
    }

    /**
     * A network of a configuration.
     *
     * @param graph whether it is that of a graph
     * @param parameters its flat vector, {@code [1, n]}, which becomes its own; null for random ones
     * @throws IllegalArgumentException if it is not the JSON of this kind of network
     */
    public static Model network(String json, boolean graph, @Nullable INDArray parameters) {
        try {
            if (graph) {
                ComputationGraphConfiguration configuration =
                        ComputationGraphConfiguration.fromJson(FormerConfiguration.mended(json));
                ConfigurationCheck.require(configuration);
                ComputationGraph network = new ComputationGraph(configuration);
                network.init(parameters, false);
                return network;
            }
            MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
            ConfigurationCheck.require(configuration);
            MultiLayerNetwork network = new MultiLayerNetwork(configuration);
            network.init(parameters, false);
            return network;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "not a configuration that Deeplearning4j can build: " + FileErrors.reason(e), e);
        }
    }

    /** Whether a configuration is that of a graph. */
    public static boolean isGraph(String json) {
        try {
            return JsonParser.parseString(json).getAsJsonObject().has("vertices");
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException("not a JSON object: " + e.getMessage(), e);
        }
    }
}
