package org.thalweg.objective.compiled.spi;

import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * A vertex of a graph that is being compiled.
 *
 * @since 0.2.0
 */
public interface VertexScope extends StepScope {

    /** Its configuration. */
    GraphVertex vertex();

    /**
     * An input of the network, from which vertices of sequences may take length and mask.
     *
     * @param input its name
     * @throws org.thalweg.objective.UnsupportedNetworkException if the network has no input with this name
     */
    Value networkInput(String input);

    /** The vertex's configuration as the class that its rule knows. */
    default <V extends GraphVertex> V as(Class<V> type) {
        return type.cast(vertex());
    }
}
