package org.thalweg.spark;

import java.io.Serializable;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.data.internal.NetworkConfiguration;

/**
 * A Deeplearning4j network without its parameters.
 *
 * @param configuration Deeplearning4j's JSON
 * @param graph whether it is a ComputationGraph
 * @param parameters length of the flat vector
 * @param type of the parameters
 */
record NetworkSpec(String configuration, boolean graph, long parameters, DataType type) implements Serializable {

    /** @throws IllegalArgumentException if the network has not been initialized */
    static NetworkSpec of(Model model) {
        INDArray flat = model.params();
        if (flat == null) {
            throw new IllegalArgumentException("network has no parameters yet: call init() first");
        }
        return new NetworkSpec(
                NetworkConfiguration.toJson(model), model instanceof ComputationGraph, flat.length(), flat.dataType());
    }

    /** A new network with all parameters 0. */
    Model network() {
        return NetworkConfiguration.network(configuration, graph, Nd4j.zeros(type, 1, parameters));
    }
}
